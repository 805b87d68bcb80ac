package io.replog.log;

/// A record inside the durable range could not be read back as it was written. Nothing of it is
/// served.
public final class LogCorruptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Index of the first entry that cannot be served.
  private final long index;

  LogCorruptException(long index, String message) {
    super(message);
    this.index = index;
  }

  public long index() {
    return index;
  }
}
