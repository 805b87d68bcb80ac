package io.replog.client.settings;

import io.replog.client.cluster.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The classic layout of epidemic replication: a core of three; layer 1 of two, fed by two
/// different nodes of the core; layer 2 of two, fed by one node of layer 1, so that both show the
/// same version.
final class TierLayout {

  /// Followers of the core.
  static final int FOLLOWERS = 2;

  private static final int NODES_OF_A_LAYER = 2;
  private static final String LAYER_1_FEED = "every 10 messages";
  private static final String LAYER_2_FEED = "every 10s";

  private final Map<String, String> variables;

  TierLayout(Map<String, String> variables) {
    this.variables = variables;
  }

  /// The core and what is fed by it.
  ///
  /// @param core the master and at least two followers; the ports of the layer nodes follow theirs
  ///   unless variables such as `LAYER_1_2_PORT` say otherwise
  List<NodeSpec> over(List<NodeSpec> core) {
    List<NodeSpec> nodes = new ArrayList<>(core);
    int port = core.stream().mapToInt(NodeSpec::port).max().orElseThrow();
    for (int number = 1; number <= NODES_OF_A_LAYER; number++) {
      nodes.add(node(1, number, ++port, LAYER_1_FEED, "follower-" + number));
    }
    for (int number = 1; number <= NODES_OF_A_LAYER; number++) {
      nodes.add(node(2, number, ++port, LAYER_2_FEED, "layer-1-1"));
    }
    return nodes;
  }

  private NodeSpec node(int layer, int number, int port, String feed, String upstream) {
    String set = variables.getOrDefault("LAYER_%d_FEED".formatted(layer), "").strip();
    return NodeSpec.layer(
        layer,
        number,
        ClusterSettings.port(variables, "LAYER_%d_%d_PORT".formatted(layer, number), port),
        set.isEmpty() ? feed : set,
        upstream);
  }
}
