package io.replog.connectors.log;

/// The log could not be read, or what came is not what was asked for.
public final class ReadFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int GONE = 410;

  private final int status;

  /// @param status what the node answered, 0 when there was no whole answer
  ReadFailedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// Whether the log no longer keeps what was asked for, so that reading on is impossible.
  public boolean isReleased() {
    return status == GONE;
  }
}
