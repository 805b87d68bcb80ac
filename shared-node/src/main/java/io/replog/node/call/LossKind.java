package io.replog.node.call;

/// Why a call brought no whole answer.
public enum LossKind {
  /// No connection.
  UNREACHABLE,
  /// The connection broke.
  BROKEN,
  /// Nothing, or not all of it, within the time.
  TIMEOUT,
  /// The answer has more bytes than were expected at most.
  TOO_LARGE
}
