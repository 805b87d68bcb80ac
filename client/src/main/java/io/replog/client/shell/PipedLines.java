package io.replog.client.shell;

import io.replog.client.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of a file or a pipe, in UTF-8. They end with a line feed, or a carriage return and a line
/// feed; nothing else in them is touched.
final class PipedLines implements Lines {

  static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

  private final InputStream in;
  private int number;

  PipedLines(InputStream in) {
    this.in = in;
  }

  /// @throws Failure when a line cannot be read
  @Override
  public @Nullable String next(String prompt) {
    number++;
    try {
      byte[] line = read();
      return line == null
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException _) {
      throw Failure.usage(
          "line %d is not UTF-8; it and what follows was not read".formatted(number));
    } catch (IOException failed) {
      throw Failure.usage("standard input cannot be read: " + failed.getMessage());
    }
  }

  private byte @Nullable [] read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() == MAX_LINE_BYTES) {
        throw Failure.usage("line %d is longer than 64 MiB".formatted(number));
      }
      line.write(next);
      next = in.read();
    }
    return withoutCarriageReturn(line.toByteArray());
  }

  private static byte[] withoutCarriageReturn(byte[] line) {
    boolean ends = line.length > 0 && line[line.length - 1] == '\r';
    return ends ? Arrays.copyOf(line, line.length - 1) : line;
  }

  /// Standard input stays open: it belongs to the process.
  @Override
  public void close() {}
}
