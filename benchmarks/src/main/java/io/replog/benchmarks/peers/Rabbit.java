package io.replog.benchmarks.peers;

import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One RabbitMQ broker, on free ports and with a name service of its own.
final class Rabbit {

  private static final Path LIBRARY = Path.of("/usr/lib/rabbitmq/lib");
  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int CONNECT_MILLIS = 1_000;

  private final Servers servers;
  private final int port = Ports.free();
  private final int namesPort = Ports.free();
  private final int distributionPort = Ports.free();

  private Rabbit(Servers servers) {
    this.servers = servers;
  }

  /// Starts it; it ends with `servers`.
  ///
  /// @return its address
  static String start(Servers servers) throws IOException {
    Rabbit rabbit = new Rabbit(servers);
    servers.start(
        "names", List.of("epmd", "-port", "" + rabbit.namesPort, "-address", "127.0.0.1"));
    servers.await("a name service", () -> answers(rabbit.namesPort, new byte[0]));
    servers.start("rabbitmq", rabbit.command());
    servers.await("a broker", () -> answers(rabbit.port, GREETING));
    return "amqp://guest:guest@127.0.0.1:" + rabbit.port;
  }

  /// What the broker answers to a greeting does not matter.
  private static boolean answers(int port, byte[] greeting) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      socket.getOutputStream().write(greeting);
      return greeting.length == 0 || socket.getInputStream().read() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private List<String> command() throws IOException {
    List<String> line = new ArrayList<>(List.of("env"));
    environment().forEach((name, value) -> line.add(name + "=" + value));
    line.add(program().toString());
    return line;
  }

  private static Path program() throws IOException {
    try (Stream<Path> versions = Files.list(LIBRARY)) {
      return versions
          .map(version -> version.resolve("sbin/rabbitmq-server"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new IOException("no broker under " + LIBRARY));
    }
  }

  private Map<String, String> environment() throws IOException {
    Path home = servers.directory("rabbitmq");
    Files.writeString(home.resolve("enabled_plugins"), "[].");
    Files.writeString(home.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 10MB\n");
    Map<String, String> variables = new TreeMap<>();
    variables.put("HOME", home.toString());
    variables.put("ERL_EPMD_PORT", "" + namesPort);
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODENAME", "rabbit" + port + "@localhost");
    variables.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODE_PORT", "" + port);
    variables.put("RABBITMQ_DIST_PORT", "" + distributionPort);
    variables.put("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString());
    variables.put("RABBITMQ_LOG_BASE", home.resolve("log").toString());
    variables.put("RABBITMQ_PID_FILE", home.resolve("pid").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString());
    variables.put("RABBITMQ_CONFIG_FILES", home.resolve("conf.d").toString());
    variables.put("RABBITMQ_ADVANCED_CONFIG_FILE", home.resolve("advanced.config").toString());
    variables.put("RABBITMQ_CONF_ENV_FILE", home.resolve("rabbitmq-env.conf").toString());
    return variables;
  }
}
