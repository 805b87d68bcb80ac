package io.replog.connectors.database;

/// The database cannot be reached now. Whatever was under way in it is undone, or was committed:
/// the caller looks again when it is back.
public final class DatabaseOfflineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseOfflineException(String message) {
    super(message);
  }

  DatabaseOfflineException(String message, Throwable cause) {
    super(message, cause);
  }
}
