package io.replog.client.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lays out a cluster for a test: in a directory of its own, on free ports, without delays unless
/// asked for. The processes are killed when the program ends, should the test forget to.
public final class LocalClusterBuilder {

  private final Path directory;
  private final NodeCommand command;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Map<String, String>> overrides = new HashMap<>();
  private final Map<Integer, String> delays = new HashMap<>();
  private final List<NodeSpec> layers = new ArrayList<>();
  private int followers = 2;
  private List<String> prefix = Detachment.prefix();

  /// @param directory where everything of the cluster lies
  /// @param command such as [JarCommand#inPlace]
  public LocalClusterBuilder(Path directory, NodeCommand command) {
    this.directory = directory;
    this.command = command;
  }

  /// How many followers, 2 when not called.
  public LocalClusterBuilder followers(int count) {
    followers = count;
    return this;
  }

  /// Artificial delay of `follower-number`, such as `250ms`.
  public LocalClusterBuilder delay(int number, String delay) {
    delays.put(number, delay);
    return this;
  }

  /// A layer node `layer-layer-number`, such as one that is fed `every 10 messages`.
  ///
  /// @param upstream name of a node of the core, or of a layer node
  public LocalClusterBuilder layer(int layer, int number, String feed, String upstream) {
    layers.add(NodeSpec.layer(layer, number, Ports.free(), feed, upstream));
    return this;
  }

  /// Keeps the nodes in the session of this program. Linux shares its processors by session where
  /// they are short, so what is compared must not be in sessions of its own.
  public LocalClusterBuilder attached() {
    prefix = List.of();
    return this;
  }

  /// A variable of every node.
  public LocalClusterBuilder set(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /// A variable of one node.
  public LocalClusterBuilder set(String node, String variable, String value) {
    overrides.computeIfAbsent(node, _ -> new HashMap<>()).put(variable, value);
    return this;
  }

  /// The cluster, with nothing started yet.
  public LocalCluster build() {
    List<NodeSpec> nodes = new ArrayList<>();
    nodes.add(NodeSpec.master(Ports.free()));
    for (int number = 1; number <= followers; number++) {
      nodes.add(NodeSpec.follower(number, Ports.free(), delays.getOrDefault(number, "0s")));
    }
    nodes.addAll(layers);
    LocalCluster cluster =
        new LocalCluster(new ClusterFiles(directory), nodes, variables, command, prefix);
    overrides.forEach(
        (node, own) -> own.forEach((variable, value) -> cluster.set(node, variable, value)));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::killAll, "kill the cluster"));
    return cluster;
  }
}
