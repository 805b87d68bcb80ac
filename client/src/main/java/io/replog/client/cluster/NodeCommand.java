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

  /// Whether a node can be started at once.
  default boolean isPrepared() {
    return true;
  }

  /// Does what is needed before the first start after a build, and nothing later; takes seconds.
  default void prepare() {}

  /// Gives up what only earlier builds need. No node may run.
  default void tidy() {}
}
