package io.replog.system.load;

import io.replog.system.kit.NodeClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Clients that open live tails and never read a byte of them. Their windows are as small as the
/// machine allows, so that the node notices soon.
public final class MuteTails implements AutoCloseable {

  private static final int CONNECT_MILLIS = 30_000;
  private static final int WINDOW_BYTES = 1_024;
  private static final byte[] REQUEST =
      "GET /messages HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final List<Socket> sockets = new ArrayList<>();

  private MuteTails() {}

  /// Opens so many of them; the node need not have taken them up when this returns.
  public static MuteTails open(NodeClient node, int count) throws IOException {
    MuteTails tails = new MuteTails();
    for (int number = 0; number < count; number++) {
      tails.open(new InetSocketAddress("127.0.0.1", node.port()));
    }
    return tails;
  }

  private void open(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(WINDOW_BYTES);
    socket.connect(address, CONNECT_MILLIS);
    socket.getOutputStream().write(REQUEST);
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
