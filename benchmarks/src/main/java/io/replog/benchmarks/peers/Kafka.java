package io.replog.benchmarks.peers;

import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/// Three brokers of Kafka that are controllers too. A message is acknowledged by all replicas in
/// sync, at least two, and is not forced: that is left to the operating system, as it comes.
final class Kafka {

  private static final int BROKERS = 3;

  private static final long LIMIT_SECONDS = 60;

  private final Path libraries;
  private final List<Integer> brokerPorts = ports();
  private final List<Integer> controllerPorts = ports();

  private Kafka(Path libraries) {
    this.libraries = libraries;
  }

  private static List<Integer> ports() {
    return IntStream.range(0, BROKERS).mapToObj(_ -> Ports.free()).toList();
  }

  static Running start(Path directory) throws IOException {
    return new Kafka(Installation.kafka()).running(new Servers(directory));
  }

  private Running running(Servers servers) throws IOException {
    String clusterId = Uuid.randomUuid().toString();
    for (int broker = 0; broker < BROKERS; broker++) {
      Path settings = servers.directory().resolve("kafka-%d.properties".formatted(broker));
      Files.writeString(settings, settings(servers, broker));
      format(settings, clusterId);
      servers.start("kafka-" + broker, java("kafka.Kafka", settings.toString()));
    }
    String bootstrap = addresses(brokerPorts);
    Map<String, Object> client = Map.of("bootstrap.servers", bootstrap);
    try (Admin admin = Admin.create(client)) {
      servers.await("three brokers", () -> brokers(admin) == BROKERS);
      createTopic(admin);
    }
    return new KafkaRunning(servers, bootstrap);
  }

  private String settings(Servers servers, int broker) throws IOException {
    return """
    process.roles=broker,controller
    node.id=%d
    controller.quorum.voters=%s
    listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%s
    min.insync.replicas=2
    offsets.topic.replication.factor=3
    broker.session.timeout.ms=30000
    """
        .formatted(
            broker,
            voters(),
            brokerPorts.get(broker),
            controllerPorts.get(broker),
            servers.directory("data-" + broker));
  }

  private String voters() {
    return IntStream.range(0, BROKERS)
        .mapToObj(broker -> "%d@127.0.0.1:%d".formatted(broker, controllerPorts.get(broker)))
        .collect(Collectors.joining(","));
  }

  private static String addresses(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  private void format(Path settings, String clusterId) throws IOException {
    Installation.run(
        java("kafka.tools.StorageTool", "format", "-t", clusterId, "-c", settings.toString()));
  }

  private List<String> java(String program, String... arguments) {
    List<String> line = Installation.java();
    line.addAll(List.of("-Xmx1g", "-XX:+UseG1GC", "-cp", libraries + "/*", program));
    line.addAll(List.of(arguments));
    return line;
  }

  private static int brokers(Admin admin) {
    try {
      return admin.describeCluster().nodes().get(LIMIT_SECONDS, TimeUnit.SECONDS).size();
    } catch (ExecutionException | TimeoutException notYet) {
      throw new UncheckedIOException(new IOException(notYet));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static void createTopic(Admin admin) throws IOException {
    NewTopic topic = new NewTopic(KafkaRunning.TOPIC, 1, (short) BROKERS);
    try {
      admin.createTopics(List.of(topic)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("Kafka made no topic: " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
