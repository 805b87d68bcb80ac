package io.replog.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 with connections kept open: the same request each time, answers with a length or in
/// chunks. Of an answer it reads the status and where it ends.
public final class HttpProtocol implements Protocol {

  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] CHUNKED = bytes("transfer-encoding:chunked");
  private static final int STATUS_FROM = 9;
  private static final int MOST_BYTES = 64 << 20;
  private static final int SHORTEST_STATUS_LINE = 12;

  private final ByteBuffer request;

  private HttpProtocol(String head, byte[] body) {
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    this.request = ByteBuffer.allocateDirect(first.length + body.length);
    request.put(first).put(body).flip();
  }

  public static HttpProtocol get(String path, String accept) {
    return new HttpProtocol(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n".formatted(path, accept),
        new byte[0]);
  }

  public static HttpProtocol post(String path, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n";
    return new HttpProtocol(head.formatted(path, contentType, bytes.length), bytes);
  }

  /// Adds one message to a replicated log.
  ///
  /// @param text without a character that JSON would write otherwise
  public static HttpProtocol add(String text, int writeConcern) {
    return post(
        "/add",
        "application/json",
        "{\"data\":\"%s\",\"write_concern\":%d}".formatted(text, writeConcern));
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public ByteBuffer request() {
    return request.duplicate();
  }

  @Override
  public @Nullable Answer take(ByteBuffer received) throws IOException {
    int body = endOfHead(received);
    if (body < 0) {
      return null;
    }
    Answer answer = answer(received);
    int end = endOfBody(received, body);
    if (end < 0 || end > received.limit()) {
      return null;
    }
    received.position(end);
    return answer;
  }

  private static Answer answer(ByteBuffer received) throws IOException {
    int at = received.position() + STATUS_FROM;
    if (received.remaining() < SHORTEST_STATUS_LINE || received.get(received.position()) != 'H') {
      throw new IOException("this is no answer of HTTP/1.1");
    }
    return switch (received.get(at)) {
      case '2' -> Answer.DONE;
      case '4' -> Answer.REFUSED;
      case '5' -> isUnavailable(received, at) ? Answer.REFUSED : Answer.FAILED;
      default -> Answer.FAILED;
    };
  }

  /// 503 and 507 say that nothing was done; any other status of this kind says less.
  private static boolean isUnavailable(ByteBuffer received, int at) {
    byte last = received.get(at + 2);
    return received.get(at + 1) == '0' && (last == '3' || last == '7');
  }

  /// Right behind the empty line, or -1.
  private static int endOfHead(ByteBuffer received) {
    for (int at = received.position(); at + 3 < received.limit(); at++) {
      if (received.get(at) == '\r' && received.get(at + 2) == '\r') {
        return at + 4;
      }
    }
    return -1;
  }

  /// Right behind the answer, beyond the limit or -1 when it is not all there.
  private static int endOfBody(ByteBuffer received, int body) throws IOException {
    for (int line = received.position(); line < body; line = endOfLine(received, line)) {
      if (startsWith(received, line, LENGTH)) {
        return body + number(received, line + LENGTH.length, 10);
      }
      if (startsWith(received, line, CHUNKED)) {
        return endOfChunks(received, body);
      }
    }
    return body;
  }

  /// The last chunk is empty, and no trailer stands behind it.
  private static int endOfChunks(ByteBuffer received, int body) throws IOException {
    int chunk = body;
    int data = endOfLine(received, chunk);
    while (data > 0) {
      int length = number(received, chunk, 16);
      chunk = data + length + 2;
      if (length == 0 || chunk > received.limit()) {
        return chunk;
      }
      data = endOfLine(received, chunk);
    }
    return -1;
  }

  /// Right behind the line that begins there, or -1.
  private static int endOfLine(ByteBuffer received, int from) {
    for (int at = from; at < received.limit(); at++) {
      if (received.get(at) == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  /// Whether these lower-case letters stand there, in any case and with any blanks between them.
  private static boolean startsWith(ByteBuffer received, int from, byte[] wanted) {
    int at = from;
    for (byte letter : wanted) {
      while (received.get(at) == ' ') {
        at++;
      }
      if ((received.get(at++) | 0x20) != (letter | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int number(ByteBuffer received, int from, int radix) throws IOException {
    int at = from;
    while (received.get(at) == ' ') {
      at++;
    }
    int number = 0;
    for (int digit = digit(received, at, radix); digit >= 0; digit = digit(received, at, radix)) {
      if (number > MOST_BYTES) {
        throw new IOException("an answer of more than %d bytes".formatted(MOST_BYTES));
      }
      number = number * radix + digit;
      at++;
    }
    return number;
  }

  private static int digit(ByteBuffer received, int at, int radix) {
    return Character.digit(received.get(at), radix);
  }
}
