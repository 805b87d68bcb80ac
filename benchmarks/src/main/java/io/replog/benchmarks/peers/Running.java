package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

/// The three nodes of one system, or the one process of a ceiling, at work. Closing ends the
/// processes.
interface Running extends AutoCloseable {

  /// Appends messages of 100 bytes, each waited for.
  ///
  /// @param connections how many are out at once
  Tally append(int connections, Pace pace, Duration length) throws IOException;

  /// Messages a second of one client that sends without waiting for answers; empty where that is
  /// not measured.
  default OptionalDouble stream(Duration length) throws IOException {
    return OptionalDouble.empty();
  }

  @Override
  void close();
}
