package io.replog.replication.master;

/// How an adoption ended.
public sealed interface AdoptOutcome {

  /// The log of `follower` has been taken over up to `lastIndex`, and writes are accepted.
  record Adopted(String follower, String logId, long lastIndex) implements AdoptOutcome {}

  /// Nothing was taken over, or not all of it.
  record NotAdopted(String detail) implements AdoptOutcome {}
}
