package io.replog.master.replicate;

import java.time.Duration;

/// How one batch gets to a follower and its answer back. Never throws because of the follower: loss
/// is an [Outcome].
@FunctionalInterface
interface Way {

  /// Sends and waits for the answer, on the caller's thread.
  ///
  /// @param atMost for everything: connecting, sending, waiting, reading the answer
  Outcome send(Duration atMost);
}
