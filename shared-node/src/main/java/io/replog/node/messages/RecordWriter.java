package io.replog.node.messages;

import io.replog.log.RawEntry;
import io.replog.model.EntryKind;
import io.replog.node.security.ScopedKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes entries as JSON straight from the bytes of the disk, the same bytes as [Records] makes of
/// strings. Memory: a buffer of 64 KiB, which is all that has not left when reading fails.
final class RecordWriter {

  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] HEX = ascii("0123456789ABCDEF");
  private static final byte[] PLAIN_TEXT = ascii("{\"text\":\"");
  private static final byte[] INDEX = ascii("{\"index\":");
  private static final byte[] EPOCH = ascii(",\"epoch\":");
  private static final byte[] TIMESTAMP = ascii(",\"timestamp\":\"");
  private static final byte[] KEY = ascii("\",\"key\":\"");
  private static final byte[] NO_KEY = ascii("\",\"key\":null,\"text\":\"");
  private static final byte[] TEXT_BEHIND_KEY = ascii("\",\"text\":\"");
  private static final byte[] KIND = ascii("\",\"kind\":\"");
  private static final byte[] END = ascii("\"}");
  private static final int LONGEST_PIECE = 32;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  /// The second that was written last, since 1970, and how it is written.
  private long second = Long.MIN_VALUE;

  private byte[] secondDigits = new byte[0];

  RecordWriter(OutputStream out) {
    this.out = out;
  }

  /// `{"text":"m7"}`.
  void plain(RawEntry entry) throws IOException {
    write(PLAIN_TEXT);
    text(entry.bytes(), entry.textOffset(), entry.textLength());
    write(END);
  }

  /// `{"index":7,"epoch":3,"timestamp":"2026-11-20T19:01:00.123Z","key":null,"text":"m7"}`, with
  /// `,"kind":"transaction"` at the end where it is no message.
  void full(RawEntry entry) throws IOException {
    write(INDEX);
    number(entry.index());
    write(EPOCH);
    number(entry.epoch());
    write(TIMESTAMP);
    timestamp(entry.timestampMillis());
    key(entry);
    text(entry.bytes(), entry.textOffset(), entry.textLength());
    if (entry.kind() != EntryKind.MESSAGE) {
      write(KIND);
      write(ascii(entry.kind().word()));
    }
    write(END);
  }

  /// ASCII as it is.
  void raw(String ascii) throws IOException {
    write(ascii(ascii));
  }

  /// Hands on what is buffered, without flushing what it goes to.
  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  private void key(RawEntry entry) throws IOException {
    String key =
        entry.keyLength() < 0
            ? null
            : ScopedKey.asSent(
                new String(
                    entry.bytes(), entry.keyOffset(), entry.keyLength(), StandardCharsets.UTF_8));
    if (key == null) {
      write(NO_KEY);
    } else {
      byte[] sent = key.getBytes(StandardCharsets.UTF_8);
      write(KEY);
      text(sent, 0, sent.length);
      write(TEXT_BEHIND_KEY);
    }
  }

  private void timestamp(long millis) throws IOException {
    if (Math.floorDiv(millis, 1_000) != second) {
      second = Math.floorDiv(millis, 1_000);
      String whole = Records.timestamp(second * 1_000);
      secondDigits = ascii(whole.substring(0, whole.length() - "000Z".length()));
    }
    write(secondDigits);
    int rest = Math.floorMod(millis, 1_000);
    reserve(LONGEST_PIECE);
    buffer[length++] = (byte) ('0' + rest / 100);
    buffer[length++] = (byte) ('0' + rest / 10 % 10);
    buffer[length++] = (byte) ('0' + rest % 10);
    buffer[length++] = 'Z';
  }

  private void number(long value) throws IOException {
    write(ascii(Long.toString(value)));
  }

  /// Text in UTF-8, with what JSON wants escaped.
  private void text(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    for (int i = offset; i < offset + count; i++) {
      byte next = bytes[i];
      if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
        write(bytes, from, i - from);
        escape(next);
        from = i + 1;
      }
    }
    write(bytes, from, offset + count - from);
  }

  private void escape(byte character) throws IOException {
    reserve(LONGEST_PIECE);
    buffer[length++] = '\\';
    byte letter = letterOf(character);
    if (letter != 'u') {
      buffer[length++] = letter;
      return;
    }
    buffer[length++] = 'u';
    buffer[length++] = '0';
    buffer[length++] = '0';
    buffer[length++] = HEX[character >> 4];
    buffer[length++] = HEX[character & 0xf];
  }

  private static byte letterOf(byte character) {
    return (byte)
        switch (character) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          default -> 'u';
        };
  }

  private void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > buffer.length) {
      flush();
      out.write(bytes, offset, count);
      return;
    }
    reserve(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  private void reserve(int count) throws IOException {
    if (count > buffer.length - length) {
      flush();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
