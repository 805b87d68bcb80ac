package io.replog.node.settings;

/// How log lines look.
public enum LogFormat {
  /// Short lines for people.
  PLAIN,
  /// One JSON object a line, for machines.
  JSON
}
