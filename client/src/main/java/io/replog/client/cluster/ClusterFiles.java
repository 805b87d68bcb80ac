package io.replog.client.cluster;

import java.nio.file.Path;

/// Where a local cluster keeps what it keeps; nothing of it lies elsewhere.
///
/// @param directory state directory, `.replog` in the repository's root for people
public record ClusterFiles(Path directory) {

  public ClusterFiles {
    directory = directory.toAbsolutePath().normalize();
  }

  /// Data directory of a node; the node creates it.
  public Path data(String node) {
    return directory.resolve("data").resolve(node);
  }

  /// What the node prints, of this start and those before.
  public Path log(String node) {
    return directory.resolve("logs").resolve(node + ".log");
  }

  /// The log before it was last put aside for its size.
  public Path olderLog(String node) {
    return directory.resolve("logs").resolve(node + ".log.1");
  }

  Path process(String node) {
    return directory.resolve("processes").resolve(node + ".json");
  }

  /// The nodes of the last `up`.
  public Path plan() {
    return directory.resolve("cluster.json");
  }

  /// The nodes that joined; stays over `down`.
  Path joined() {
    return directory.resolve("joined.json");
  }

  /// The secret between the nodes, readable by its owner alone.
  public Path token() {
    return directory.resolve("cluster-token");
  }

  /// Copies of the programs that run, so that a build does not pull them from under the nodes.
  public Path programs() {
    return directory.resolve("programs");
  }

  /// Up to where the connectors have published the log to RabbitMQ.
  Path published() {
    return directory.resolve("rabbitmq-out.json");
  }

  Path lock() {
    return directory.resolve("runner.lock");
  }
}
