package io.replog.client.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// TCP ports of this machine.
public final class Ports {

  private static final int CONNECT_MILLIS = 500;
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 10_000;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  /// A file of this user whose bytes are locked by the programs that were given the ports of those
  /// numbers.
  private static final class Locks {

    /// Null where there cannot be such a file.
    private static final @Nullable FileChannel FILE = open();

    private static @Nullable FileChannel open() {
      String name = "replog-ports-" + System.getProperty("user.name");
      Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
      try {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      } catch (IOException _) {
        return null;
      }
    }
  }

  private Ports() {}

  /// A port that is free now. It lies below those that systems give to outgoing connections, so
  /// that none of them takes it while a node is down, and is handed out to nobody else while this
  /// program runs.
  public static int free() {
    return ThreadLocalRandom.current()
        .ints(LOWEST, HIGHEST)
        .limit(ATTEMPTS)
        .filter(port -> claim("127.0.0.1", port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port was found"));
  }

  /// The first port from `least` on that is free now and was handed out to nobody who runs.
  static int free(String address, int least) {
    return IntStream.iterate(least, port -> port + 1)
        .filter(port -> claim(address, port))
        .findFirst()
        .orElseThrow();
  }

  private static boolean claim(String address, int port) {
    try {
      return !isTaken(address, port)
          && HANDED_OUT.add(port)
          && (Locks.FILE == null || Locks.FILE.tryLock(port, 1, false) != null);
    } catch (IOException _) {
      return true;
    }
  }

  /// Whether somebody listens there. Asked in both ways: some systems let two programs listen on
  /// one port when their addresses differ.
  static boolean isTaken(String address, int port) {
    return answers(reachable(address), port) || !canListen(address, port);
  }

  /// The address under which a node bound to `address` is reached from this machine.
  static String reachable(String address) {
    return switch (address) {
      case "0.0.0.0", "::", "[::]", "*", "" -> "127.0.0.1";
      default -> address;
    };
  }

  private static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean canListen(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(reachable(address), port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
