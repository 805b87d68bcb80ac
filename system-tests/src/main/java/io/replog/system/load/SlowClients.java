package io.replog.system.load;

import io.replog.system.kit.NodeClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that say something and then a byte now and then, to hold their connections as long as
/// they can. Each is a virtual thread; all end when this is closed.
public final class SlowClients implements AutoCloseable {

  private static final int CONNECT_MILLIS = 30_000;
  private static final int STATUS_FROM = 9;
  private static final int STATUS_TO = 12;

  private final InetSocketAddress address;
  private final byte[] first;
  private final int everyMillis;
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  /// Status of an answer, or an empty text for a connection that was closed without one, to how
  /// many got it.
  private final Map<String, Integer> endings = new ConcurrentHashMap<>();

  private volatile boolean closed;

  private SlowClients(NodeClient node, String first, Duration every) {
    this.address = new InetSocketAddress("127.0.0.1", node.port());
    this.first = first.getBytes(StandardCharsets.US_ASCII);
    this.everyMillis = Math.toIntExact(every.toMillis());
  }

  /// Sends so many of them.
  ///
  /// @param first what each sends at once
  /// @param every between two further bytes of each
  public static SlowClients send(NodeClient node, int count, String first, Duration every) {
    SlowClients clients = new SlowClients(node, first, every);
    for (int number = 0; number < count; number++) {
      Thread.ofVirtual().name("slow-client-" + number).start(clients::holdOn);
    }
    return clients;
  }

  /// How many have got a connection so far.
  public int connected() {
    return connected.get();
  }

  /// How many the node has cut off or refused so far.
  public int ended() {
    return ended.get();
  }

  public Map<String, Integer> endings() {
    return Map.copyOf(endings);
  }

  private void holdOn() {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      connected.incrementAndGet();
      socket.setSoTimeout(everyMillis);
      socket.getOutputStream().write(first);
      endings.merge(statusOf(socket), 1, Integer::sum);
    } catch (IOException cut) {
      endings.merge("", 1, Integer::sum);
    }
    ended.incrementAndGet();
  }

  /// Sends a byte whenever nothing has come for a while.
  private String statusOf(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1_024];
    while (!closed) {
      try {
        int count = in.read(buffer);
        if (count < 0) {
          break;
        }
        answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      } catch (SocketTimeoutException _) {
        socket.getOutputStream().write('a');
      }
    }
    return answer.length() < STATUS_TO ? "" : answer.substring(STATUS_FROM, STATUS_TO);
  }

  @Override
  public void close() {
    closed = true;
  }
}
