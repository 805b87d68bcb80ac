package io.replog.client.cluster;

import java.util.List;
import java.util.Map;

/// What to run for a node.
@FunctionalInterface
public interface NodeCommand {

  /// The command line; everything else reaches the node by its environment.
  ///
  /// @param variables the settings of the cluster, among them `JAVA_OPTS`
  List<String> command(NodeSpec node, Map<String, String> variables);
}
