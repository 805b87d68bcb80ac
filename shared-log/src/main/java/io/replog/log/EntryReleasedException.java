package io.replog.log;

/// Somebody wants an entry that this log held and has released: it lies before the first one kept.
public final class EntryReleasedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long firstIndex;

  EntryReleasedException(long index, long firstIndex) {
    super("#" + index + " was released, the log begins at #" + firstIndex);
    this.firstIndex = firstIndex;
  }

  /// First index that is kept.
  public long firstIndex() {
    return firstIndex;
  }
}
