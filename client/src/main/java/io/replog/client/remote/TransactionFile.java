package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.table.BadNotationException;
import io.replog.table.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of transactions, one a line in their notation. Blank lines, and lines that begin with
/// `#`, are none; a byte order mark at the beginning is passed over.
///
/// @param lines in their order
record TransactionFile(List<Line> lines) {

  private static final int MAX_LINES = 1_000_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /// @param number of the line in the file, from 1
  record Line(int number, Transaction transaction) {}

  TransactionFile {
    lines = List.copyOf(lines);
  }

  /// Reads all of it.
  ///
  /// @param name for messages
  /// @throws Failure naming the first line that is no transaction
  static TransactionFile read(String name, InputStream content) {
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()))) {
      String text = withoutMark(reader.readLine());
      for (int number = 1; text != null; number++) {
        if (!text.isBlank() && !text.strip().startsWith("#")) {
          lines.add(new Line(number, parse(name, number, text)));
        }
        requireBound(name, lines);
        text = reader.readLine();
      }
    } catch (IOException failed) {
      throw Failure.usage("%s cannot be read: %s".formatted(name, reason(failed)));
    }
    return new TransactionFile(lines);
  }

  private static @Nullable String withoutMark(@Nullable String first) {
    return first != null && first.startsWith(BYTE_ORDER_MARK)
        ? first.substring(BYTE_ORDER_MARK.length())
        : first;
  }

  private static void requireBound(String name, List<Line> lines) {
    if (lines.size() > MAX_LINES) {
      throw Failure.usage("%s has more than %d transactions".formatted(name, MAX_LINES));
    }
  }

  private static String reason(IOException failed) {
    String message = failed.getMessage();
    return message == null ? "it is not UTF-8" : message;
  }

  private static Transaction parse(String name, int number, String text) {
    try {
      return Transaction.parse(text);
    } catch (BadNotationException bad) {
      throw Failure.usage(
          "%s line %d, %s; nothing was sent".formatted(name, number, bad.getMessage()));
    }
  }
}
