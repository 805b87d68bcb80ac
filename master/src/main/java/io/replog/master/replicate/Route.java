package io.replog.master.replicate;

import io.replog.master.replicate.BatchReading.Encoded;

/// Which way a batch goes to one follower.
sealed interface Route {

  /// Over HTTP, to be read yet.
  ///
  /// @param upTo last index that may be in it
  record Alone(long upTo) implements Route {}

  /// Over HTTP, as it was read. It may be published for the others too.
  record Read(Encoded batch) implements Route {}

  /// It was published, and the follower's answer to that is awaited.
  ///
  /// @param lastIndex of what the core asked for
  record Along(Publication publication, long lastIndex) implements Route {}
}
