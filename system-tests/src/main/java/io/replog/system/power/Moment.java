package io.replog.system.power;

/// When the power of a single log is cut.
enum Moment {
  /// While the log is opened: its tail is written anew, its meta file replaced.
  WHILE_OPENING("while opening"),
  /// At any time while it appends.
  WHILE_APPENDING("while appending"),
  /// Right after the temporary file of a new segment has appeared.
  AT_NEW_SEGMENT("at a new segment"),
  /// Right after a segment or the meta file was given its name.
  AT_RENAME("at a rename"),
  /// As soon as a promise was reported to be on disk.
  AT_PROMISE("at a promise");

  private final String words;

  Moment(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
