package io.replog.master.add;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;

/// The lines of a body, one at a time, as bytes in a buffer that is used again for the next one.
/// Memory: 64 KiB, or twice the longest line. Lines of nothing but white space are skipped and
/// counted; the last one needs no end.
final class BodyLines {

  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream body;
  private final int maxLineBytes;
  private byte[] buffer = new byte[BUFFER_BYTES];

  /// The present line is `buffer[start..end)`; what is read and not yet used ends at `limit`.
  private int start;

  private int end;
  private int limit;

  /// Where the next line begins.
  private int next;

  private boolean ended;
  private long number;

  /// @param maxLineBytes longest line without its end
  BodyLines(InputStream body, int maxLineBytes) {
    this.body = body;
    this.maxLineBytes = maxLineBytes;
  }

  /// Goes to the next line that is not blank.
  ///
  /// @return false if there is none
  /// @throws IOException if the body cannot be read on
  /// @throws Refusal if the line is too long
  boolean advance() throws IOException {
    boolean found = advanceToAny();
    while (found && isBlank()) {
      found = advanceToAny();
    }
    return found;
  }

  /// Whether the next line can be had without waiting for the body.
  boolean isNextHere() {
    return endOfLine(next) >= 0;
  }

  /// Bytes of which the present line is a part.
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /// Number of the present line, from 1; of the one that failed when it could not be read.
  long number() {
    return number;
  }

  private boolean advanceToAny() throws IOException {
    number++;
    start = next;
    int at = endOfLine(start);
    while (at < 0 && !ended) {
      int searched = limit - start;
      fill();
      at = endOfLine(start + searched);
    }
    end = at < 0 ? limit : at;
    next = at < 0 ? limit : at + 1;
    requireShort();
    return at >= 0 || end > start;
  }

  private int endOfLine(int from) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    end = limit;
    requireShort();
    makeRoom();
    int count = body.read(buffer, limit, buffer.length - limit);
    ended = count < 0;
    limit += Math.max(count, 0);
  }

  private void makeRoom() {
    if (limit < buffer.length) {
      return;
    }
    int length = limit - start;
    byte[] target = length > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, start, target, 0, length);
    buffer = target;
    start = 0;
    next = 0;
    limit = length;
  }

  private void requireShort() {
    if (end - start > maxLineBytes) {
      throw Refusal.of(
          ProblemType.TOO_LARGE, "the line is above its limit of %d bytes".formatted(maxLineBytes));
    }
  }

  private boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
