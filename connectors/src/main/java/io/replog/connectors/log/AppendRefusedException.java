package io.replog.connectors.log;

/// Nothing of what was sent is in the log, for certain.
public final class AppendRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status what the node answered, 0 when nothing could be sent to it
  AppendRefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// The HTTP status, 0 when no node was reached.
  public int status() {
    return status;
  }

  /// Whether the same message may be taken later: the log is full, stopping or not there. Otherwise
  /// it never will be as it is.
  public boolean isPassing() {
    return status == 0
        || status == 401
        || status == 403
        || status == 404
        || status == 408
        || status == 429
        || status >= 500;
  }
}
