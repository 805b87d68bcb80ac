package io.replog.system.power;

import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.model.FsyncMode;
import io.replog.system.kit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The cluster whose power is cut.
///
/// @param nodes all of them, the master included
/// @param fsync only `ALWAYS` is expected to lose nothing
/// @param smallSegments whether segments are so small that one begins every few seconds
public record ClusterSettings(int nodes, FsyncMode fsync, boolean smallSegments) {

  private static final int SMALL_SEGMENT_BYTES = 32_768;

  public static ClusterSettings of(int nodes, FsyncMode fsync) {
    return new ClusterSettings(nodes, fsync, false);
  }

  /// Every other round has small segments; the end of a segment forces it whatever the mode, so a
  /// mode that loses something has large ones only.
  ClusterSettings ofRound(int number) {
    return new ClusterSettings(nodes, fsync, fsync == FsyncMode.ALWAYS && number % 2 == 0);
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
    return smallSegments
        ? builder.set("REPLOG_LOG_SEGMENT_BYTES", Integer.toString(SMALL_SEGMENT_BYTES))
        : builder;
  }
}
