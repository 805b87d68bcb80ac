package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Answer;
import io.replog.benchmarks.load.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message published on a subject, and the one answer to it, in an inbox of this connection.
final class NatsProtocol implements Protocol {

  private static final byte[] SEQUENCE = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

  private final String subject;
  private final String text;
  private final String inbox = "_INBOX." + UUID.randomUUID();
  private final ByteBuffer request;

  NatsProtocol(String subject, String text) {
    this.subject = subject;
    this.text = text;
    String publish = "PUB %s %s %d\r\n%s\r\n".formatted(subject, inbox, text.length(), text);
    byte[] bytes = publish.getBytes(StandardCharsets.US_ASCII);
    this.request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public Protocol forConnection() {
    return new NatsProtocol(subject, text);
  }

  @Override
  public void greet(SocketChannel channel) throws IOException {
    Setup.listen(channel, "\r\n");
    Setup.say(channel, "CONNECT {\"verbose\":false}\r\nSUB %s 1\r\nPING\r\n".formatted(inbox));
    Setup.listen(channel, "PONG\r\n");
  }

  @Override
  public ByteBuffer request() {
    return request.duplicate();
  }

  /// `MSG inbox 1 30`, a line with so many bytes. The stream gives a number, or an error. A `PING`
  /// before it is passed over: the server asks once, and next in half an hour.
  @Override
  public @Nullable Answer take(ByteBuffer received) throws IOException {
    int payload = endOfLine(received);
    if (payload < 0) {
      return null;
    }
    if (received.get(received.position()) == 'P') {
      received.position(payload);
      return take(received);
    }
    if (received.get(received.position()) != 'M') {
      throw new IOException("this is no message of NATS");
    }
    int end = payload + lengthBefore(received, payload) + 2;
    if (end > received.limit()) {
      return null;
    }
    Answer answer = hasSequence(received, payload, end) ? Answer.DONE : Answer.FAILED;
    received.position(end);
    return answer;
  }

  private static int endOfLine(ByteBuffer received) {
    for (int at = received.position(); at < received.limit(); at++) {
      if (received.get(at) == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  /// The number at the end of the line before `payload`.
  private static int lengthBefore(ByteBuffer received, int payload) {
    int length = 0;
    int place = 1;
    for (int at = payload - 3; Character.isDigit(received.get(at)); at--) {
      length += place * (received.get(at) - '0');
      place *= 10;
    }
    return length;
  }

  private static boolean hasSequence(ByteBuffer received, int from, int end) {
    for (int at = from; at + SEQUENCE.length <= end; at++) {
      if (received.slice(at, SEQUENCE.length).equals(ByteBuffer.wrap(SEQUENCE))) {
        return true;
      }
    }
    return false;
  }
}
