package io.replog.master.add;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The connections of this machine with their states, as the Linux kernel lists them. The list is
/// read when somebody asks, at most twice a second however many ask. Empty where there is no such
/// list.
///
/// A line of it, shortened: `0: 0100007F:17AD 0100007F:D431 01`: own address and port, the other
/// side's, and the state, all hexadecimal, addresses in words of the machine's byte order.
@Component
final class Connections {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  private static final String ESTABLISHED = "01";
  private static final String IPV4_IN_IPV6 = "0000000000000000FFFF0000";
  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// State of each connection by its name.
  private Map<String, String> states = Map.of();

  /// Whether any connection was ever found by its name: only then does it mean something that one
  /// is not.
  private boolean findsSome;

  private long readNanos = System.nanoTime() - MAX_AGE_NANOS;

  /// Whether the other side has closed or reset a connection, by a list read after `sinceNanos`.
  synchronized boolean isClosed(String name, long sinceNanos) {
    long now = System.nanoTime();
    if (now - readNanos >= MAX_AGE_NANOS || readNanos - sinceNanos < 0) {
      states = read();
      readNanos = now;
    }
    findsSome |= states.containsKey(name);
    return findsSome && !ESTABLISHED.equals(states.get(name));
  }

  /// What a connection is called here; a name that no connection has when the address is none.
  static String name(int localPort, String remoteAddress, int remotePort) {
    return "%04X %s:%04X".formatted(localPort, words(remoteAddress), remotePort);
  }

  private static String words(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      StringBuilder words = new StringBuilder(2 * bytes.length);
      for (int word = 0; word < bytes.length; word += 4) {
        for (int i = 3; i >= 0; i--) {
          words.append("%02X".formatted(bytes[word + i]));
        }
      }
      return words.toString();
    } catch (UnknownHostException _) {
      return "?";
    }
  }

  private static Map<String, String> read() {
    Map<String, String> found = new HashMap<>();
    for (Path table : TABLES) {
      try (Stream<String> lines = Files.lines(table)) {
        lines.forEach(line -> addTo(found, line));
      } catch (IOException | UncheckedIOException _) {
        continue;
      }
    }
    return found;
  }

  private static void addTo(Map<String, String> found, String line) {
    String[] fields = line.strip().split("\\s+", 5);
    if (fields.length == 5 && fields[1].contains(":")) {
      String localPort = fields[1].substring(fields[1].indexOf(':') + 1);
      String remote = fields[2];
      String address =
          remote.startsWith(IPV4_IN_IPV6) ? remote.substring(IPV4_IN_IPV6.length()) : remote;
      found.put(localPort + " " + address, fields[3]);
    }
  }
}
