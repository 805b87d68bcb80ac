package io.replog.client;

import io.replog.client.cluster.ClusterFiles;
import io.replog.client.cluster.ClusterPlan;
import io.replog.client.cluster.JarCommand;
import io.replog.client.cluster.JoinedNodes;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalTls;
import io.replog.client.cluster.NodeCommand;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.settings.ClusterSettings;
import io.replog.client.settings.EnvFile;
import io.replog.client.tls.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Where the command is at home: the folder with `.env` and `.replog`, and the environment of the
/// process.
///
/// @param root folder of the launcher, the repository's root
/// @param environment variables of this process
/// @param nodeCommand what to run for a node
public record Home(Path root, Map<String, String> environment, NodeCommand nodeCommand) {

  /// The home of the real program: nodes run from copies of what Maven built under `root`.
  public static Home of(Path root, Map<String, String> environment) {
    return new Home(root, environment, new JarCommand(root, filesUnder(root).programs()));
  }

  private static ClusterFiles filesUnder(Path root) {
    return new ClusterFiles(root.resolve(".replog"));
  }

  public ClusterFiles files() {
    return filesUnder(root);
  }

  /// What `.env` and the environment say.
  ///
  /// @param followers how many followers, or empty for what the settings say
  public ClusterSettings settings(OptionalInt followers) {
    return ClusterSettings.resolve(
        EnvFile.read(root.resolve(".env"), environment), environment, followers);
  }

  /// What the local cluster's connections need.
  public TlsFiles tls() {
    return LocalTls.of(settings(OptionalInt.empty()).variables(), files()).own();
  }

  /// The cluster as the settings describe it, for `up`.
  public LocalCluster newCluster(OptionalInt followers) {
    ClusterSettings settings = settings(followers);
    return cluster(settings, withJoined(settings.nodes()));
  }

  /// The cluster with layers below a core of three, for `up --tiers`.
  public LocalCluster newTiers() {
    ClusterSettings settings =
        ClusterSettings.tiers(EnvFile.read(root.resolve(".env"), environment), environment);
    return cluster(settings, withJoined(settings.nodes()));
  }

  /// The cluster of the last `up`, or as the settings describe it when there was none.
  public LocalCluster cluster() {
    ClusterSettings settings = settings(OptionalInt.empty());
    List<NodeSpec> nodes =
        ClusterPlan.read(files()).map(ClusterPlan::nodes).orElse(withJoined(settings.nodes()));
    return cluster(settings, nodes);
  }

  /// Who joined an earlier cluster over the same data belongs to it still.
  ///
  /// @throws Failure when one of them is known at a port that another node would take now
  private List<NodeSpec> withJoined(List<NodeSpec> nodes) {
    List<NodeSpec> all = new ArrayList<>(nodes);
    for (NodeSpec joined : JoinedNodes.beside(nodes, files())) {
      nodes.stream()
          .filter(node -> node.port() == joined.port())
          .findFirst()
          .ifPresent(
              node -> {
                throw Failure.usage(
                    "%s has joined at port %d, which %s would take; set %s to another one, or start over with replog down --wipe"
                        .formatted(joined.name(), joined.port(), node.name(), node.portVariable()));
              });
      all.add(joined);
    }
    return all;
  }

  private LocalCluster cluster(ClusterSettings settings, List<NodeSpec> nodes) {
    return new LocalCluster(files(), nodes, settings.variables(), nodeCommand);
  }
}
