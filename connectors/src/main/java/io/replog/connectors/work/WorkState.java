package io.replog.connectors.work;

/// What a [Worker] is doing.
public enum WorkState {
  /// Nothing, until it is told to.
  STOPPED,
  /// Nothing, until the interval is over.
  WAITING,
  /// A pass.
  WORKING,
  /// The other side was not there at the last try.
  OFFLINE,
  /// The last try failed for another reason.
  FAILING
}
