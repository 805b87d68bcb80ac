package io.replog.client.cluster;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A line of `ps`.
///
/// @param pid process id, null when there is no process
/// @param readiness status of the answer to the readiness probe, empty when none came in time
/// @param uptime since the start of the process, null when there is none
public record NodeStatus(
    NodeSpec node,
    @Nullable Long pid,
    NodeState state,
    OptionalInt readiness,
    @Nullable Duration uptime) {

  /// Whether the node says that it is ready to serve.
  public boolean isReady() {
    return readiness.orElse(0) == 200;
  }
}
