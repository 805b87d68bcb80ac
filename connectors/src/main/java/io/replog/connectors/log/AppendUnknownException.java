package io.replog.connectors.log;

/// What was sent is in the log, or may be, or some of it. Sent again under the same keys it is
/// appended once.
public final class AppendUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AppendUnknownException(String message) {
    super(message);
  }

  AppendUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
