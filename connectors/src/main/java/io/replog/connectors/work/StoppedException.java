package io.replog.connectors.work;

/// A pass was ended before it was through. Nothing is wrong; who waited for it was promised more.
final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoppedException(String message) {
    super(message, null, false, false);
  }
}
