package io.replog.system.history;

/// A read, or the opening of a tail, that was answered with another status than 200.
public record RefusedRead(Reading reading, int status) {

  private static final int BEHIND = 412;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  /// Whether a node may give this answer to a valid read at all. A failure is judged by
  /// [FailedAnswer], since only faults can excuse it.
  boolean isDue() {
    return status == BEHIND || status == UNAVAILABLE || status == FAILED;
  }

  @Override
  public String toString() {
    return reading + " " + status;
  }
}
