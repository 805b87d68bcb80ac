package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Answer;
import io.replog.benchmarks.load.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `XADD` and `WAIT 1` in one piece, and their two answers.
final class RedisProtocol implements Protocol {

  private static final int MOST_DIGITS = 18;

  private final ByteBuffer request;

  RedisProtocol(String text) {
    String commands = "XADD log * text %s\r\nWAIT 1 10000\r\n".formatted(text);
    byte[] bytes = commands.getBytes(StandardCharsets.US_ASCII);
    request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public ByteBuffer request() {
    return request.duplicate();
  }

  /// A bulk string, the id, then an integer, how many replicas have it.
  @Override
  public @Nullable Answer take(ByteBuffer received) throws IOException {
    int start = received.position();
    int added = endOfReply(received, start);
    int waited = added < 0 ? -1 : endOfReply(received, added);
    if (waited < 0) {
      return null;
    }
    received.position(waited);
    boolean done = received.get(start) == '$' && received.get(added) == ':';
    return done && number(received, added) >= 1 ? Answer.DONE : Answer.FAILED;
  }

  /// Right behind the reply that begins there, or -1 when it is not all there.
  private static int endOfReply(ByteBuffer received, int from) throws IOException {
    int line = endOfLine(received, from);
    if (line < 0 || received.get(from) != '$') {
      return line;
    }
    long end = line + number(received, from) + 2;
    return end <= received.limit() ? (int) end : -1;
  }

  private static int endOfLine(ByteBuffer received, int from) {
    for (int at = from; at < received.limit(); at++) {
      if (received.get(at) == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  /// The number behind the first character of a line.
  private static long number(ByteBuffer received, int line) throws IOException {
    long number = 0;
    int at = line + 1;
    while (received.get(at) != '\r') {
      int digit = Character.digit(received.get(at), 10);
      if (digit < 0 || at > line + MOST_DIGITS) {
        throw new IOException("this is no number of Redis");
      }
      number = number * 10 + digit;
      at++;
    }
    return number;
  }
}
