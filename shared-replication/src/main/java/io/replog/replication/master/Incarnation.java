package io.replog.replication.master;

import org.jspecify.annotations.Nullable;

/// Which data directory of a follower the master deals with. A wiped disk is another one, and
/// nothing that was proven for the former counts for it.
///
/// An answer that names another directory than the known one is either newer or older than it. It
/// is surely newer when its request left after the known one was learned; otherwise it decides
/// nothing, and the next heartbeat will.
final class Incarnation {

  /// The directory that counts, null before the first answer.
  private @Nullable String current;

  /// Last request that had left when `current` was learned.
  private long learnedAt;

  /// Whether the answer to `request` may be from an earlier directory than the current one.
  boolean isOutdated(long request, String named) {
    return current != null && !named.equals(current) && request <= learnedAt;
  }

  /// Takes the directory that an answer which is not outdated names. Returns whether it replaces
  /// another one.
  boolean replacedBy(String named, long lastRequest) {
    if (named.equals(current)) {
      return false;
    }
    boolean replaced = current != null;
    current = named;
    learnedAt = lastRequest;
    return replaced;
  }
}
