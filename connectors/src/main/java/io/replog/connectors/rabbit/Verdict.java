package io.replog.connectors.rabbit;

/// What became of one attempt to settle a message of the queue.
sealed interface Verdict {

  /// The log has it, on as many nodes as are asked for.
  record Held() implements Verdict {}

  /// It can never become an entry, and the broker has put it aside.
  record Dead() implements Verdict {}

  /// Neither is certain. It may be in the log already.
  ///
  /// @param reason what was in the way, for people
  record Later(String reason) implements Verdict {}

  /// Whether the broker may forget the message.
  default boolean isFinal() {
    return !(this instanceof Later);
  }
}
