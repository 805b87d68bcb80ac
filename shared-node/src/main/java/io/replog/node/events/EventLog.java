package io.replog.node.events;

/// Log lines for people: one line an event, and a summary a second above twenty events a second.
public interface EventLog {

  /// Something ordinary happened. Under load, lines of the same kind are counted instead.
  ///
  /// @param kind a few words for the summary, such as `appended`; one of a small fixed set
  /// @param line the whole line, without line breaks
  void happened(String kind, String line);

  /// Something that people should notice. Limited on its own.
  void warn(String kind, String line);

  /// `text` as it may stand in a line: in quotes, escaped and shortened where `LOG_MESSAGES=on`,
  /// empty otherwise. Has a leading space when not empty.
  String text(String text);
}
