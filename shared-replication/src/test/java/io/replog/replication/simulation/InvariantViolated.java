package io.replog.replication.simulation;

/// The cluster broke a promise. The message names the check and what was seen.
final class InvariantViolated extends AssertionError {

  private static final long serialVersionUID = 1L;

  InvariantViolated(String check, String seen) {
    super(check + ": " + seen);
  }

  InvariantViolated(String message, Throwable cause) {
    super(message, cause);
  }
}
