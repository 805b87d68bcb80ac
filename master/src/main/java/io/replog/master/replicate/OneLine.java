package io.replog.master.replicate;

import io.replog.node.problem.Printable;

/// Makes words of strangers fit for one line of a log.
final class OneLine {

  private static final int MAX_CHARACTERS = 200;

  private OneLine() {}

  /// The same without control characters, with `?` for what else cannot be shown, cut after 200
  /// characters.
  static String of(String words) {
    String cut = words.length() > MAX_CHARACTERS ? words.substring(0, MAX_CHARACTERS) : words;
    return Printable.of(cut.replaceAll("\\p{Cntrl}+", " ")).strip();
  }
}
