package io.replog.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one transaction from its notation, from left to right.
///
/// ```
/// transaction = begin { "," operation } "," "c"
/// begin       = "b" (core) | "b0" | "b1" | "b2" (read-only, on that layer)
/// operation   = "r" "(" key ")" | "w" "(" key "," value ")"
/// key         = 1 to 128 letters, digits, dots, dashes, underscores
/// value       = characters without , ( ) " \ and without blanks at its ends
///             | a string in double quotes, with the escapes of JSON
/// ```
///
/// White space may stand between any two of these. Letters are small, as written here.
final class Notation {

  private static final int HEX_DIGITS = 4;
  private static final int SHOWN_CHARACTERS = 20;
  private static final String NEEDS_QUOTES =
      "a value with , ( ) \" \\ or a control character stands in quotes";

  private final String text;
  private int at;

  Notation(String text) {
    this.text = text;
  }

  Transaction transaction() {
    Integer layer = begin();
    List<Operation> operations = new ArrayList<>();
    while (hasOperation(layer, operations)) {
      if (operations.size() > Transaction.MAX_OPERATIONS) {
        throw bad(
            at, "a transaction has at most %d operations".formatted(Transaction.MAX_OPERATIONS));
      }
    }
    requireEnd();
    if (operations.isEmpty()) {
      throw bad(at, "there is nothing between begin and commit: r(key) or w(key,value) is needed");
    }
    return new Transaction(layer, operations);
  }

  private @Nullable Integer begin() {
    skipBlanks();
    int place = at;
    String word = word();
    return switch (word) {
      case "b" -> null;
      case "b0" -> 0;
      case "b1" -> 1;
      case "b2" -> 2;
      default ->
          throw bad(
              place,
              "%s is there, a transaction begins with b, or with b0, b1 or b2 when it only reads"
                  .formatted(shown(place)));
    };
  }

  /// Reads the next operation; false when it was the commit.
  private boolean hasOperation(@Nullable Integer layer, List<Operation> operations) {
    requireComma();
    skipBlanks();
    int place = at;
    switch (word()) {
      case "c" -> {
        return false;
      }
      case "r" -> operations.add(read());
      case "w" -> {
        requireWritable(place, layer);
        operations.add(write());
      }
      default -> throw unknown(place);
    }
    return true;
  }

  private BadNotationException unknown(int place) {
    return isAtEnd(place)
        ? missingCommit(place)
        : bad(
            place,
            "%s is no operation: r(key), w(key,value) or c is needed".formatted(shown(place)));
  }

  private void requireWritable(int place, @Nullable Integer layer) {
    if (layer != null) {
      throw bad(
          place, "b%d only reads: what writes begins with b and goes to the core".formatted(layer));
    }
  }

  private Operation read() {
    require('(', "r is followed by (key)");
    String key = key();
    require(')', "r(%s is closed by )".formatted(key));
    return new Operation.Read(key);
  }

  private Operation write() {
    require('(', "w is followed by (key,value)");
    String key = key();
    require(',', "w(%s is followed by a comma and a value".formatted(key));
    skipBlanks();
    int place = at;
    String value = at < text.length() && text.charAt(at) == '"' ? quoted() : bare(key);
    require(')', "w(%s,…) is closed by ); ".formatted(key) + NEEDS_QUOTES);
    try {
      return new Operation.Write(key, value);
    } catch (IllegalArgumentException notAllowed) {
      throw bad(place, String.valueOf(notAllowed.getMessage()));
    }
  }

  private String key() {
    skipBlanks();
    int place = at;
    while (at < text.length() && Key.isAllowed(text.charAt(at))) {
      at++;
    }
    String key = text.substring(place, at);
    if (!Key.isOne(key)) {
      throw bad(place, "%s is there, a key has %s".formatted(shown(place), Key.ALLOWED));
    }
    return key;
  }

  private String bare(String key) {
    int place = at;
    while (at < text.length() && Value.isBare(text.charAt(at))) {
      at++;
    }
    String value = text.substring(place, at).strip();
    if (value.isEmpty()) {
      throw noValue(key, place);
    }
    return value;
  }

  private BadNotationException noValue(String key, int place) {
    return isAtEnd(at) || text.charAt(at) == ')'
        ? bad(place, "w(%s,…) has no value: the empty one is written \"\"".formatted(key))
        : bad(at, "%s is there, ".formatted(shown(at)) + NEEDS_QUOTES);
  }

  private String quoted() {
    int place = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      value.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at++));
    }
    if (isAtEnd(at)) {
      throw bad(place, "the quote is not closed");
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    int place = at;
    at += 2;
    if (at > text.length()) {
      throw bad(place, "the quote is not closed");
    }
    char letter = text.charAt(at - 1);
    if (letter == 'u') {
      return unicode(place);
    }
    int unit = Value.escape(letter);
    if (unit < 0) {
      throw bad(
          place, "\\%c is no escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u are".formatted(letter));
    }
    return (char) unit;
  }

  private char unicode(int place) {
    int end = at + HEX_DIGITS;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]{4}")) {
      throw bad(place, "\\u is followed by four hexadecimal digits");
    }
    char unit = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return unit;
  }

  private void requireComma() {
    skipBlanks();
    if (isAtEnd(at)) {
      throw missingCommit(at);
    }
    if (text.charAt(at) != ',') {
      throw bad(at, "%s is there, a comma is needed".formatted(shown(at)));
    }
    at++;
  }

  private BadNotationException missingCommit(int place) {
    return bad(place, "the commit is missing: the last operation is followed by , c");
  }

  private void requireEnd() {
    skipBlanks();
    if (!isAtEnd(at)) {
      throw bad(at, "%s is behind the commit, where nothing may be".formatted(shown(at)));
    }
  }

  private void require(char wanted, String rule) {
    skipBlanks();
    if (isAtEnd(at) || text.charAt(at) != wanted) {
      throw bad(at, "%s is there, %s".formatted(shown(at), rule));
    }
    at++;
  }

  /// Letters and digits up to what is none.
  private String word() {
    int from = at;
    while (at < text.length() && isWordCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isWordCharacter(char character) {
    return Key.isAllowed(character);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean isAtEnd(int place) {
    return place >= text.length();
  }

  /// What stands at a place, short and on one line.
  private String shown(int place) {
    if (isAtEnd(place)) {
      return "the end";
    }
    int end = place + 1;
    while (end < text.length()
        && end - place < SHOWN_CHARACTERS
        && isWordCharacter(text.charAt(end))
        && isWordCharacter(text.charAt(place))) {
      end++;
    }
    return "\"" + text.substring(place, end).replaceAll("\\p{C}", "?") + "\"";
  }

  private static BadNotationException bad(int place, String what) {
    return new BadNotationException(place + 1, what);
  }
}
