package io.replog.system.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run is to do.
///
/// @param seed decides every choice of clients and nemesis, though not their timing
/// @param length how long clients and faults go on
/// @param nodes of the cluster, the master included
/// @param clients that add messages
/// @param kinds of faults to choose from
/// @param drainLimit how long the nodes may take to hold the same, once everything is healed
/// @param directory where the cluster lives and the history is kept
/// @param nodeOptions further options for the JVM of every node; usually empty
/// @param rabbitmq the broker that batches go through; null when they go over HTTP
public record ChaosSettings(
    long seed,
    Duration length,
    int nodes,
    int clients,
    Set<FaultKind> kinds,
    Duration drainLimit,
    Path directory,
    String nodeOptions,
    @Nullable String rabbitmq) {

  public ChaosSettings {
    kinds = Set.copyOf(kinds);
  }
}
