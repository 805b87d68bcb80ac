package io.replog.system.load;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How a client adds.
///
/// @param clusterSize number of nodes, the master included
/// @param longestPause between two adds at most
/// @param keyed how many of four adds carry an idempotency key, 0 to 4
/// @param storms whether each keyed add is sent three times just now, one of them by a client that
///   hangs up before the answer
/// @param fails whether a fault is at work just now by which the master has to fail
public record WriterHabits(
    int clusterSize,
    Duration longestPause,
    int keyed,
    BooleanSupplier storms,
    BooleanSupplier fails) {

  /// Without a pause, three of four with a key.
  public static WriterHabits restless(int clusterSize) {
    return new WriterHabits(clusterSize, Duration.ZERO, 3, () -> false, () -> false);
  }
}
