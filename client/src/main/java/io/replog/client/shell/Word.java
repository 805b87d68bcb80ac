package io.replog.client.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The words that are known at the beginning of a line.
enum Word {
  ADD("add TEXT", "adds the text behind it, exactly as it stands"),
  LIST("list [NODE]", "the messages of a node: master, follower-1 or sub1, ..."),
  TAIL("tail [NODE]", "new messages as they come, until Ctrl-C"),
  W("w N", "how many nodes must hold a message: 1, 2, ..., majority, all"),
  HEALTH("health", "the cluster as its master sees it"),
  LAG("lag", "how many messages each follower lacks"),
  TRACE("trace INDEX", "where the time of a message went"),
  FAULT("fault [NODE] [...]", "shows or injects faults; fault clear ends them"),
  VERIFY("verify", "compares the logs of all nodes"),
  HELP("help [WORD]", "this, or more about a word"),
  STOP("stop", "leaves, as exit, quit and Ctrl-D do; the nodes go on"),
  EXIT("exit", ""),
  QUIT("quit", "");

  private final String synopsis;
  private final String description;

  Word(String synopsis, String description) {
    this.synopsis = synopsis;
    this.description = description;
  }

  static Optional<Word> of(String spelling) {
    return Arrays.stream(values()).filter(word -> word.spelling().equals(spelling)).findFirst();
  }

  String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  String synopsis() {
    return synopsis;
  }

  /// Empty where the help is silent about the word.
  String description() {
    return description;
  }
}
