package io.replog.system.power;

import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.model.FsyncMode;
import io.replog.system.kit.TestCluster;
import io.replog.system.sabotage.Sabotage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The cluster whose power is cut.
///
/// @param nodes all of them, the master included
/// @param fsync only `ALWAYS` is expected to lose nothing
/// @param sabotaged methods of the nodes that are taken away or changed, see [Sabotage]
public record ClusterSettings(int nodes, FsyncMode fsync, List<String> sabotaged) {

  /// Segments so small that one begins every few seconds. There is no setting for this.
  private static final String SMALL_SEGMENTS = "io/replog/log/LogOptions.segmentBytes=32768";

  public ClusterSettings {
    sabotaged = List.copyOf(sabotaged);
  }

  public static ClusterSettings of(int nodes, FsyncMode fsync, String... sabotaged) {
    return new ClusterSettings(nodes, fsync, List.of(sabotaged));
  }

  /// Every other round has small segments; the end of a segment forces it whatever the mode, so a
  /// mode that loses something has large ones only.
  ClusterSettings ofRound(int number) {
    return fsync == FsyncMode.ALWAYS && number % 2 == 0 ? withSmallSegments() : this;
  }

  private ClusterSettings withSmallSegments() {
    List<String> more = new ArrayList<>(sabotaged);
    more.add(SMALL_SEGMENTS);
    return new ClusterSettings(nodes, fsync, more);
  }

  /// The master first.
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(TestCluster.MASTER));
    for (int number = 1; number < nodes; number++) {
      names.add("follower-" + number);
    }
    return names;
  }

  LocalClusterBuilder apply(LocalClusterBuilder builder) {
    builder.followers(nodes - 1).set("FSYNC", fsync.name().toLowerCase(Locale.ROOT));
    return sabotaged.isEmpty()
        ? builder
        : builder.set("JDK_JAVA_OPTIONS", new Sabotage(sabotaged).javaOption());
  }
}
