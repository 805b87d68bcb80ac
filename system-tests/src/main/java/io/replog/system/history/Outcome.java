package io.replog.system.history;

/// How one attempt to add a message ended, as its client saw it.
public sealed interface Outcome {

  /// The answer was a success.
  ///
  /// @param index where the message stands
  /// @param acks nodes that hold it, the master included
  record Acknowledged(long index, int acks) implements Outcome {}

  /// Definitely refused: this attempt appended nothing and never will.
  ///
  /// @param status of the answer
  record Refused(int status) implements Outcome {}

  /// The message may be in the log: an indefinite answer, or none.
  ///
  /// @param why for people
  record Unknown(String why) implements Outcome {}
}
