package io.replog.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One connection, with at most one request out.
final class Client implements AutoCloseable {

  private static final int FIRST_BYTES = 8 << 10;

  /// Above what any answer here has; a larger one breaks the connection.
  private static final int MOST_BYTES = 64 << 20;

  private final Protocol protocol;
  private final SocketChannel channel;
  private final SelectionKey key;

  /// Ready for reading from the channel into: between position and limit is room.
  private ByteBuffer received = ByteBuffer.allocate(FIRST_BYTES);

  private ByteBuffer unsent = ByteBuffer.allocate(0);
  private long intendedNanos;
  private boolean isOut;

  private Client(Protocol protocol, SocketChannel channel, Selector selector) throws IOException {
    this.protocol = protocol;
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /// Connects and greets; waits for both.
  static Client connect(InetSocketAddress server, Protocol protocol, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    Protocol own = protocol.forConnection();
    try {
      channel.connect(server);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      own.greet(channel);
      channel.configureBlocking(false);
      return new Client(own, channel, selector);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /// When the request that is out was meant to start.
  long intendedNanos() {
    return intendedNanos;
  }

  /// Whether a request waits for its answer.
  boolean isOut() {
    return isOut;
  }

  void send(long intendedNanos) throws IOException {
    this.intendedNanos = intendedNanos;
    isOut = true;
    unsent = protocol.request();
    flush();
  }

  private void flush() throws IOException {
    channel.write(unsent);
    int interest = SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /// Does what the selector found possible.
  ///
  /// @return the answer, if it is all there now
  @Nullable Answer proceed() throws IOException {
    if (unsent.hasRemaining()) {
      flush();
    }
    return key.isReadable() ? receive() : null;
  }

  private @Nullable Answer receive() throws IOException {
    if (channel.read(received) < 0) {
      throw new EOFException("the server closed the connection");
    }
    received.flip();
    Answer answer = protocol.take(received);
    isOut = isOut && answer == null;
    received.compact();
    if (!received.hasRemaining()) {
      grow();
    }
    return answer;
  }

  private void grow() throws IOException {
    if (received.capacity() >= MOST_BYTES) {
      throw new IOException("an answer of more than %d bytes".formatted(MOST_BYTES));
    }
    received = ByteBuffer.allocate(received.capacity() * 2).put(received.flip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
