package io.replog.connectors.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports of this machine for programs that a test starts.
public final class Ports {

  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 10_000;
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A port that is free now. It lies below those that systems give to outgoing connections, so
  /// that none of them takes it before the program listens there, or while it is down.
  public static int free() {
    return ThreadLocalRandom.current()
        .ints(LOWEST, HIGHEST)
        .limit(ATTEMPTS)
        .filter(port -> isFree(port) && HANDED_OUT.add(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free port was found"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
