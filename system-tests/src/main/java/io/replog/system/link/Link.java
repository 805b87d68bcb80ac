package io.replog.system.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A proxy in front of one TCP port of this machine. Its weather may change at any time and holds
/// for open connections as well as new ones.
public final class Link implements AutoCloseable {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int BACKLOG = 200;

  private final ServerSocket door;
  private final int target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = Weather.FAIR;

  private Link(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /// Opens a link.
  ///
  /// @param port where it listens on 127.0.0.1
  /// @param target port on 127.0.0.1 that it leads to; nobody needs to listen there yet
  public static Link open(int port, int target) {
    try {
      Link link =
          new Link(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("link to " + target).start(link::accept);
      return link;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  /// Changes the weather. Connections that have lost bytes are closed when it is fair again: what
  /// would follow makes no sense to anybody.
  public void weather(Weather next) {
    weather = next;
    if (next.equals(Weather.FAIR)) {
      connections.stream().filter(Connection::hasLostBytes).forEach(Connection::reset);
    }
  }

  Weather weather() {
    return weather;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        Thread.ofVirtual().name("connection to " + target).start(() -> carry(near));
      } catch (IOException closed) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }
  }

  /// Where nobody listens behind the link, the connection is reset as the system itself would.
  private void carry(Socket near) {
    Socket far = new Socket();
    Connection connection = new Connection(near, far, this::weather);
    connections.add(connection);
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      connection.carry();
    } catch (IOException _) {
      connection.reset();
    } finally {
      connections.remove(connection);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    connections.forEach(Connection::reset);
  }
}
