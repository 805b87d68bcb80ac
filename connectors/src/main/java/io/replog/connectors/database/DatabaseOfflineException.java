package io.replog.connectors.database;

/// The database cannot be reached now. What was under way in a transaction is undone, but for one
/// that was being committed: whether it was is unknown, and the caller looks again when the
/// database is back.
public final class DatabaseOfflineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean isDuringCommit;

  public DatabaseOfflineException(String message) {
    super(message);
    this.isDuringCommit = false;
  }

  DatabaseOfflineException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private DatabaseOfflineException(String message, Throwable cause, boolean isDuringCommit) {
    super(message, cause);
    this.isDuringCommit = isDuringCommit;
  }

  DatabaseOfflineException duringCommit() {
    return new DatabaseOfflineException(
        "%s, while a transaction was committed".formatted(getMessage()), this, true);
  }

  /// Whether what was to be written may have been written.
  public boolean isDuringCommit() {
    return isDuringCommit;
  }
}
