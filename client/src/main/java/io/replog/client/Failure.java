package io.replog.client;

/// An expected way for a command to fail: a sentence for the person and an exit code for scripts.
/// It never shows a stack trace.
public final class Failure extends RuntimeException {

  /// What scripts may rely on.
  public enum Kind {
    /// The command line or a setting cannot be used; nothing was done.
    USAGE(2),
    /// A node refused, or is not there; nothing was appended.
    REFUSED(3),
    /// The message is, or may be, in the log.
    UNKNOWN(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  private Failure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public static Failure usage(String message) {
    return new Failure(Kind.USAGE, message);
  }

  public static Failure refused(String message) {
    return new Failure(Kind.REFUSED, message);
  }

  public static Failure unknown(String message) {
    return new Failure(Kind.UNKNOWN, message);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
