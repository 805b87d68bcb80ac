package io.replog.client.shell;

import io.replog.client.CommandLines;
import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.remote.RemoteCommands;
import io.replog.client.remote.Target;
import io.replog.client.remote.WriteConcern;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// One way through the shell: carries out line after line, against one cluster, and remembers the
/// write concern.
final class Session {

  /// What holds the verbs, so that their help reads as it does outside.
  @Command(name = "replog")
  private static final class Program {}

  private final Home home;
  private final Target target;
  private final Console console;
  private final @Nullable String timeout;

  private @Nullable String concern;
  private int worst;
  private boolean over;

  /// @param concern of every add until another one is set, null for the cluster's default
  /// @param timeout of every add, null for none
  Session(
      Home home,
      Target target,
      Console console,
      @Nullable String concern,
      @Nullable String timeout) {
    this.home = home;
    this.target = target;
    this.console = console;
    this.concern = concern;
    this.timeout = timeout;
  }

  /// Carries a line out. Whatever goes wrong is told, and never thrown.
  void accept(String typed) {
    int exitCode =
        switch (Line.of(typed)) {
          case Line.Nothing _ -> 0;
          case Line.Text(var text) -> add(text);
          case Line.Command command -> carryOut(command);
        };
    worst = Math.max(worst, exitCode);
  }

  /// Whether somebody asked to leave.
  boolean isOver() {
    return over;
  }

  /// The worst exit code so far.
  int worst() {
    return worst;
  }

  String prompt() {
    return concern == null ? "replog> " : "replog w=%s> ".formatted(concern);
  }

  /// The verbs as they are here: the cluster is chosen already.
  CommandLine verbs(Console with) {
    CommandLine verbs =
        CommandLines.of(new Program(), new RemoteCommands(home, target, with).everyday(), with);
    verbs.getSubcommands().values().forEach(this::removeTarget);
    return verbs;
  }

  private void removeTarget(CommandLine verb) {
    CommandSpec spec = verb.getCommandSpec();
    spec.mixins().values().stream()
        .filter(mixin -> mixin.userObject() == target)
        .flatMap(mixin -> mixin.options().stream())
        .forEach(option -> spec.remove(spec.findOption(option.longestName())));
  }

  /// A text goes by standard input, where nothing in it means anything.
  private int add(String text) {
    List<String> line = new ArrayList<>(List.of("add", "-"));
    if (concern != null) {
      line.addAll(List.of("-w", concern));
    }
    if (timeout != null) {
      line.addAll(List.of("--timeout", timeout));
    }
    byte[] input = (text + "\n").getBytes(StandardCharsets.UTF_8);
    return execute(verbs(console.withInput(new ByteArrayInputStream(input))), line);
  }

  private int carryOut(Line.Command command) {
    int exitCode = attempt(command);
    if (exitCode == Failure.Kind.USAGE.exitCode()) {
      console.note(
          "replog: if it was meant as a text, say: add " + Printable.escape(command.typed()));
    }
    return exitCode;
  }

  private int attempt(Line.Command command) {
    List<String> arguments = command.arguments();
    try {
      return switch (command.word()) {
        case LIST, TAIL, HEALTH, LAG, TRACE, FAULT, VERIFY -> run(command.word(), arguments);
        case W -> setConcern(arguments);
        case HELP -> help(arguments);
        case STOP, EXIT, QUIT -> leave(command.word(), arguments);
        case ADD -> throw Failure.usage("what is to be added? say: add TEXT");
      };
    } catch (Failure wrong) {
      console.note("replog: " + wrong.getMessage());
      return wrong.kind().exitCode();
    }
  }

  private int run(Word word, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(word.spelling()));
    line.addAll(arguments);
    return execute(verbs(console), line);
  }

  private static int execute(CommandLine verbs, List<String> line) {
    return verbs.execute(line.toArray(String[]::new));
  }

  private int setConcern(List<String> arguments) {
    requireAtMostOne(Word.W, arguments);
    if (!arguments.isEmpty()) {
      WriteConcern.require(arguments.getFirst());
      concern = arguments.getFirst();
    }
    console.print("write concern: " + (concern == null ? "as the cluster has it" : concern));
    return 0;
  }

  private int help(List<String> arguments) {
    requireAtMostOne(Word.HELP, arguments);
    if (!arguments.isEmpty()) {
      return helpWith(arguments.getFirst());
    }
    console.print(
        "Anything that begins with none of these words is added to the log as it stands.");
    Arrays.stream(Word.values())
        .filter(word -> !word.description().isEmpty())
        .forEach(
            word -> console.print("  %-19s %s".formatted(word.synopsis(), word.description())));
    return 0;
  }

  private int helpWith(String spelling) {
    Word word =
        Word.of(spelling)
            .orElseThrow(() -> Failure.usage("no line begins with that word; say help alone"));
    return switch (word) {
      case ADD, LIST, TAIL, HEALTH, LAG, TRACE, FAULT, VERIFY ->
          execute(verbs(console), List.of(word.spelling(), "--help"));
      case W, HELP, STOP -> describe(word);
      case EXIT, QUIT -> describe(Word.STOP);
    };
  }

  private int describe(Word word) {
    console.print("%s: %s".formatted(word.synopsis(), word.description()));
    return 0;
  }

  private int leave(Word word, List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw Failure.usage(word.spelling() + " takes nothing behind it");
    }
    over = true;
    return 0;
  }

  private static void requireAtMostOne(Word word, List<String> arguments) {
    if (arguments.size() > 1) {
      throw Failure.usage(word.synopsis() + " takes no more than that");
    }
  }
}
