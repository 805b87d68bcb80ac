package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Tally;
import java.util.Map;
import java.util.OptionalDouble;

/// One system in one round.
///
/// @param firstSeconds the load on nodes just started
/// @param closed number of connections to what they came to, as fast as they were answered
/// @param open the load at a fixed rate
/// @param stream messages a second without waiting for answers, where that is measured
record Turn(
    Contender contender,
    Tally firstSeconds,
    Map<Integer, Tally> closed,
    Tally open,
    OptionalDouble stream) {

  /// Requests of this turn that failed or were refused.
  long lost() {
    return lost(firstSeconds) + lost(open) + closed.values().stream().mapToLong(Turn::lost).sum();
  }

  private static long lost(Tally tally) {
    return tally.failed() + tally.refused();
  }
}
