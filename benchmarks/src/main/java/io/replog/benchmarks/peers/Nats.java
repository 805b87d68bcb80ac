package io.replog.benchmarks.peers;

import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Three servers of NATS with one stream of JetStream in files, three copies, spoken to at the
/// leader of the stream. They force their files every two minutes, not for each message.
final class Nats {

  private static final int SERVERS = 3;
  private static final String CREATE = "$JS.API.STREAM.CREATE.log";
  private static final String INFO = "$JS.API.STREAM.INFO.log";
  private static final String STREAM =
      """
      {"name":"log","subjects":["log"],"storage":"file","num_replicas":3,"retention":"limits"}\
      """;
  private static final Pattern LEADER = Pattern.compile("\"leader\":\\s*\"nats-([0-9])\"");

  private final List<Integer> clientPorts = new ArrayList<>();
  private final List<Integer> routePorts = new ArrayList<>();

  private Nats() {
    for (int server = 0; server < SERVERS; server++) {
      clientPorts.add(Ports.free());
      routePorts.add(Ports.free());
    }
  }

  static Running start(Path directory) throws IOException {
    return new Nats().running(new Servers(directory));
  }

  private Running running(Servers servers) throws IOException {
    for (int server = 0; server < SERVERS; server++) {
      Path settings = servers.directory().resolve("nats-%d.conf".formatted(server));
      Files.writeString(settings, settings(servers, server));
      servers.start("nats-" + server, List.of("nats-server", "--config", settings.toString()));
    }
    servers.await("a stream", this::hasStream);
    servers.await("a leader", () -> leaderPort() > 0);
    return new SocketRunning(servers, this::leaderPort, new NatsProtocol("log", Message.TEXT));
  }

  private String settings(Servers servers, int server) throws IOException {
    return """
    server_name: nats-%d
    listen: 127.0.0.1:%d
    ping_interval: "30m"
    jetstream { store_dir: "%s" }
    cluster { name: bench, listen: 127.0.0.1:%d, routes: [%s] }
    """
        .formatted(
            server,
            clientPorts.get(server),
            servers.directory("data-" + server),
            routePorts.get(server),
            routePorts.stream()
                .map(port -> "\"nats://127.0.0.1:%d\"".formatted(port))
                .collect(Collectors.joining(", ")));
  }

  private boolean hasStream() {
    return ask(CREATE, STREAM).contains("\"config\"");
  }

  private int leaderPort() {
    Matcher leader = LEADER.matcher(ask(INFO, ""));
    return leader.find() ? clientPorts.get(Integer.parseInt(leader.group(1))) : 0;
  }

  /// The answer to a question of which there is only one.
  private String ask(String subject, String question) {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", clientPorts.getFirst());
    NatsProtocol protocol = new NatsProtocol(subject, question);
    try (SocketChannel channel = SocketChannel.open(server)) {
      protocol.greet(channel);
      channel.write(protocol.request());
      return Setup.listen(channel, "}\r\n");
    } catch (IOException notYet) {
      throw new UncheckedIOException(notYet);
    }
  }
}
