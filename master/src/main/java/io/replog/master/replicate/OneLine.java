package io.replog.master.replicate;

/// Makes words of strangers fit for one line of a log.
final class OneLine {

  private static final int MAX_CHARACTERS = 200;

  private OneLine() {}

  /// The same without control characters, cut after 200 characters.
  static String of(String words) {
    String cut = words.length() > MAX_CHARACTERS ? words.substring(0, MAX_CHARACTERS) : words;
    return cut.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
