package io.replog.replication.master;

/// How a request to a follower ended without a usable answer.
public enum SendFailure {
  /// No contact: no connection, a broken one, or no answer in time. The next sign of life makes
  /// another attempt worth while.
  UNREACHED,
  /// There was an answer, but none that helps, or the request could not be made. That the follower
  /// is alive says nothing new.
  FAILED,
  /// Not tried, because of the failures before.
  NOT_TRIED
}
