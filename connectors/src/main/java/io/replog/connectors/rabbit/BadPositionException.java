package io.replog.connectors.rabbit;

/// The position cannot be read, written or used. Its message says what to do.
final class BadPositionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadPositionException(String message) {
    super(message);
  }
}
