package io.replog.benchmarks.load;

/// What an answer says about its request.
public enum Answer {
  /// It was done.
  DONE,
  /// It was refused: nothing was done, and the server says so.
  REFUSED,
  /// Anything else; whether it was done is unknown.
  FAILED
}
