package io.replog.replication.master;

import io.replog.model.Position;
import org.jspecify.annotations.Nullable;

/// Positions and append times of the last 65,536 entries that this process has put into the log, so
/// that checking an acknowledgement costs no look into the log. It grows with use, to 1.5 MiB.
final class RecentEntries {

  static final int MAX_ENTRIES = 65_536;

  private static final int INITIAL_CAPACITY = 64;

  private long[] epochs = new long[INITIAL_CAPACITY];
  private long[] chains = new long[INITIAL_CAPACITY];
  private long[] appendedNanos = new long[INITIAL_CAPACITY];

  /// Lowest index put in since the last skip; nothing below it is known.
  private long firstIndex;

  /// Highest index put in so far.
  private long lastIndex;

  /// @param lastIndex end of the log before the first entry of this process
  RecentEntries(long lastIndex) {
    this.firstIndex = lastIndex + 1;
    this.lastIndex = lastIndex;
  }

  void put(Position position, long nowNanos) {
    if (position.index() - firstIndex >= epochs.length && epochs.length < MAX_ENTRIES) {
      grow();
    }
    lastIndex = position.index();
    int slot = slot(lastIndex);
    epochs[slot] = position.epoch();
    chains[slot] = position.chain();
    appendedNanos[slot] = nowNanos;
  }

  /// Forgets everything and goes on behind `index`.
  void skipTo(long index) {
    firstIndex = index + 1;
    lastIndex = index;
  }

  /// The position at `index`, or null when it is not remembered.
  @Nullable Position positionAt(long index) {
    if (!remembers(index)) {
      return null;
    }
    int slot = slot(index);
    return new Position(index, epochs[slot], chains[slot]);
  }

  /// Nanoseconds since `index` was appended, or -1 when that is not remembered.
  long elapsedNanos(long index, long nowNanos) {
    return remembers(index) ? nowNanos - appendedNanos[slot(index)] : -1;
  }

  private boolean remembers(long index) {
    return index >= firstIndex && index <= lastIndex && lastIndex - index < epochs.length;
  }

  private void grow() {
    epochs = spread(epochs);
    chains = spread(chains);
    appendedNanos = spread(appendedNanos);
  }

  private long[] spread(long[] smaller) {
    long[] larger = new long[smaller.length * 2];
    for (long index = firstIndex; index <= lastIndex; index++) {
      larger[(int) (index & (larger.length - 1))] = smaller[(int) (index & (smaller.length - 1))];
    }
    return larger;
  }

  private int slot(long index) {
    return (int) (index & (epochs.length - 1));
  }
}
