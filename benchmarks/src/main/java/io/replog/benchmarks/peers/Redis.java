package io.replog.benchmarks.peers;

import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Redis with two replicas, each forcing its append-only file before it goes on. An append is an
/// `XADD` that a `WAIT 1` follows at once: one replica has it, though nobody says whether forced.
final class Redis {

  private Redis() {}

  static Running start(Path directory) throws IOException {
    Servers servers = new Servers(directory);
    int master = Ports.free();
    servers.start("redis-0", command(servers, 0, master));
    for (int replica = 1; replica <= 2; replica++) {
      List<String> line = command(servers, replica, Ports.free());
      line.addAll(List.of("--replicaof", "127.0.0.1 " + master));
      servers.start("redis-" + replica, line);
    }
    servers.await("two replicas", () -> hasReplicas(master));
    return new SocketRunning(servers, () -> master, new RedisProtocol(Message.TEXT));
  }

  private static List<String> command(Servers servers, int node, int port) throws IOException {
    List<String> line = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
    line.addAll(List.of("--port", String.valueOf(port), "--save", ""));
    line.addAll(List.of("--dir", servers.directory("data-" + node).toString()));
    line.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
    line.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    return line;
  }

  private static boolean hasReplicas(int port) {
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      Setup.say(channel, "SET ready yes\r\nWAIT 2 1000\r\n");
      Setup.listen(channel, "+OK\r\n:");
      return Setup.listen(channel, "\r\n").startsWith("2");
    } catch (IOException notYet) {
      throw new UncheckedIOException(notYet);
    }
  }
}
