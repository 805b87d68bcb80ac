package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/// This log with its batches published through a RabbitMQ broker.
///
/// @param nodes at work
/// @param broker what they speak through
record BrokeredRunning(Running nodes, Servers broker) implements Running {

  static Running start(Path directory) throws IOException {
    Servers broker = new Servers(directory.resolve("broker"));
    try {
      String uri = Rabbit.start(broker);
      Running nodes =
          ReplogRunning.start(
              directory.resolve("nodes"),
              Map.of("REPLICATION_TRANSPORT", "rabbitmq", "RABBITMQ_URI", uri));
      return new BrokeredRunning(nodes, broker);
    } catch (IOException | RuntimeException failed) {
      broker.close();
      throw failed;
    }
  }

  @Override
  public Tally append(int connections, Pace pace, Duration length) throws IOException {
    return nodes.append(connections, pace, length);
  }

  @Override
  public OptionalDouble stream(Duration length) throws IOException {
    return nodes.stream(length);
  }

  @Override
  public void close() {
    nodes.close();
    broker.close();
  }
}
