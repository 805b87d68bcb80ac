package io.replog.system.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Bytes on a socket, for what no well-behaved client sends.
public final class RawHttp implements AutoCloseable {

  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  public static RawHttp connect(NodeClient node) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", node.port()), 10_000);
    return new RawHttp(socket);
  }

  /// Sends the bytes and returns all that comes back until the node closes the connection.
  public static String exchange(NodeClient node, String request) throws IOException {
    try (RawHttp connection = connect(node)) {
      connection.send(request);
      return connection.readToEnd(Duration.ofSeconds(30));
    }
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// What comes until the node closes the connection. A reset counts as its end.
  public String readToEnd(Duration silence) throws IOException {
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    InputStream input = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        received.write(buffer, 0, count);
      }
    } catch (SocketException reset) {
      if (received.size() == 0) {
        throw reset;
      }
    }
    return received.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
