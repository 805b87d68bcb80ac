package io.replog.node.api;

/// The headers of answers that mean something here.
public enum AnswerHeader {
  LOCATION("Location", false, false, "where the message, or the master, is"),
  LOG_INDEX("Log-Index", true, true, "index of the message, or the last one that this node shows"),
  LOG_FIRST_INDEX(
      "Log-First-Index", true, true, "first index that this node keeps, 1 unless retention is on"),
  LOG_EPOCH("Log-Epoch", true, true, "epoch of the message, or of the last master heard of"),
  COMMIT_INDEX("Commit-Index", true, true, "last index that a majority is known to hold"),
  LOG_ID("Log-Id", false, false, "identity of the log, absent while there is none"),
  NODE("Node", false, true, "name of the node that answers"),
  REPLICATION_ACKS(
      "Replication-Acks", true, true, "how many nodes hold the message durably, master included"),
  IDEMPOTENT_REPLAY(
      "Idempotent-Replay", false, false, "true where the message was in the log before"),
  LOG_VERSION("Log-Version", true, false, "of a layer node: last index of the version it shows"),
  LOG_BEHIND(
      "Log-Behind",
      false,
      false,
      "of a layer node: entries between its version and the newest commit index that it has heard"
          + " of, or unknown"),
  LOG_STALE_MS(
      "Log-Stale-Ms",
      false,
      false,
      "of a layer node: milliseconds since its version was known to be complete, or unknown"),
  RETRY_AFTER("Retry-After", true, true, "seconds after which another try is worth it"),
  WWW_AUTHENTICATE("WWW-Authenticate", false, true, "which credentials open this path"),
  VARY("Vary", false, true, "that the answer depends on Accept");

  private final String field;
  private final boolean number;
  private final boolean always;
  private final String meaning;

  AnswerHeader(String field, boolean number, boolean always, String meaning) {
    this.field = field;
    this.number = number;
    this.always = always;
    this.meaning = meaning;
  }

  /// Its name in HTTP.
  public String field() {
    return field;
  }

  /// Whether it is a whole number.
  public boolean isNumber() {
    return number;
  }

  /// Whether an answer that is said to have it always has it.
  public boolean isAlways() {
    return always;
  }

  /// A few words for people.
  public String meaning() {
    return meaning;
  }
}
