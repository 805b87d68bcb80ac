package io.replog.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// What a client of a server writes and reads. One request is out on a connection at a time.
public interface Protocol {

  /// The protocol of one more connection; this one, unless a connection has something of its own.
  default Protocol forConnection() {
    return this;
  }

  /// Whatever has to be said before the first request.
  ///
  /// @param channel connected and blocking
  default void greet(SocketChannel channel) throws IOException {}

  /// The bytes of one request, for one connection to read to the end.
  ByteBuffer request();

  /// Takes one whole answer off the front of what was received.
  ///
  /// @param received between position and limit; the position moves behind the answer
  /// @return null when the answer is not all there; nothing of it is taken then
  /// @throws IOException when this is no answer at all; the connection is then of no use
  @Nullable Answer take(ByteBuffer received) throws IOException;
}
