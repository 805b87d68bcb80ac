package io.replog.client.shell;

import java.util.List;
import java.util.regex.Pattern;

/// What somebody means by a line. Its first word decides: one that is known is done, everything
/// else is a text for the log, exactly as it stands.
sealed interface Line {

  /// Nothing but blanks.
  record Nothing() implements Line {}

  /// A message; blanks, quotes and backslashes are part of it.
  record Text(String text) implements Line {}

  /// A known word with what stands behind it, separated by blanks.
  ///
  /// @param typed the line itself
  record Command(Word word, List<String> arguments, String typed) implements Line {}

  Pattern BLANKS = Pattern.compile("\\s+");

  /// Another name of a follower: `sub1` is `follower-1`.
  Pattern SUB = Pattern.compile("^sub([1-9][0-9]{0,3})$");

  static Line of(String typed) {
    if (typed.isBlank()) {
      return new Nothing();
    }
    String begun = typed.stripLeading();
    List<String> words = BLANKS.splitAsStream(begun).toList();
    return Word.of(words.getFirst())
        .<Line>map(word -> meant(word, begun, words))
        .orElseGet(() -> new Text(typed));
  }

  private static Line meant(Word word, String begun, List<String> words) {
    int behind = word.spelling().length() + 1;
    if (word == Word.ADD && begun.length() > behind) {
      return new Text(begun.substring(behind));
    }
    List<String> arguments = words.stream().skip(1).map(Line::nodeName).toList();
    return new Command(word, arguments, begun);
  }

  private static String nodeName(String argument) {
    return SUB.matcher(argument).replaceFirst("follower-$1");
  }
}
