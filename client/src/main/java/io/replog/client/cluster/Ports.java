package io.replog.client.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports of this machine.
public final class Ports {

  private static final int CONNECT_MILLIS = 500;
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 10_000;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A port that is free now. It lies below those that systems give to outgoing connections, so
  /// that none of them takes it while a node is down, and is handed out once per program.
  public static int free() {
    return ThreadLocalRandom.current()
        .ints(LOWEST, HIGHEST)
        .limit(ATTEMPTS)
        .filter(port -> !isTaken("127.0.0.1", port))
        .filter(HANDED_OUT::add)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port was found"));
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
