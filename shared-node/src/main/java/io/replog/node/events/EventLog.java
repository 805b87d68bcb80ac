package io.replog.node.events;

import java.util.function.Supplier;

/// Log lines for people: one line an event, and a summary a second above twenty events a second.
/// Never waits for the console: lines that it does not take in time are counted in a summary too.
public interface EventLog {

  /// Something ordinary happened. Under load, lines of the same kind are counted instead.
  ///
  /// @param kind a few words for the summary, such as `appended`; one of a small fixed set
  /// @param line the whole line; what could break it or move the cursor is written as `?`
  void happened(String kind, String line);

  /// The same for a line that is only made, on this thread, when it is going to be written.
  default void happened(String kind, Supplier<String> line) {
    happened(kind, line.get());
  }

  /// Something that people should notice. Limited on its own.
  void warn(String kind, String line);

  /// `text` as it may stand in a line: in quotes, escaped and shortened where `LOG_MESSAGES=on`,
  /// empty otherwise. Has a leading space when not empty.
  String text(String text);
}
