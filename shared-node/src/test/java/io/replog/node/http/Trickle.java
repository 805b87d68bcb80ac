package io.replog.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client that sends something at once, then a byte now and then.
final class Trickle {

  private static final int EVERY_MILLIS = 100;

  private Trickle() {}

  /// Sends a byte after the other, and counts them until the node closes the connection.
  static int bytesUntilCut(int port, String first, int atMost) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(EVERY_MILLIS);
      socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
      for (int sent = 0; sent < atMost; sent++) {
        if (isCut(socket)) {
          return sent;
        }
        socket.getOutputStream().write('a');
      }
      return atMost;
    } catch (SocketException cut) {
      return 0;
    }
  }

  private static boolean isCut(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      int next = in.read();
      while (next >= 0) {
        next = in.read();
      }
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }
}
