package io.replog.master.replicate;

import java.time.Duration;

/// The way to one follower. Never throws: loss is an [Outcome].
@FunctionalInterface
interface Transport {

  /// Sends an encoded request and waits for the answer, on the caller's thread.
  ///
  /// @param json the encoded request
  /// @param atMost for everything: connecting, sending, waiting, reading the answer
  Outcome send(byte[] json, Duration atMost);
}
