package io.replog.system.disk;

/// What still reaches the disk when its power is cut.
public enum CutKind {
  /// Nothing: what was forced is there, and what the kernel happened to write before.
  NOTHING_FLUSHED,
  /// The journal of the file system, but no data: files are there, with the names and sizes that
  /// they were given last, and with nothing in what was not forced.
  JOURNAL_FLUSHED
}
