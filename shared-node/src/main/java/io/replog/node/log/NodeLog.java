package io.replog.node.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.LogView;
import java.time.Duration;
import java.util.List;

/// The log of this node, as every other part sees it. Owner of the files' owner.
public final class NodeLog implements LogView, AutoCloseable {

  /// How a wait for an index ended.
  public enum Waited {
    /// The index is shown.
    REACHED,
    /// The time ran out.
    TIMED_OUT,
    /// The node is stopping.
    STOPPING,
    /// Too many waiters.
    REFUSED
  }

  /// Last index that this node shows: everything up to it is durable here.
  public long shownIndex() {
    throw new UnsupportedOperationException();
  }

  /// Last index that a majority holds, as far as this node knows and holds it itself.
  public long commitIndex() {
    throw new UnsupportedOperationException();
  }

  /// The commit index has grown. Wakes who waits for it and puts it on disk when convenient.
  public void commit(long index) {
    throw new UnsupportedOperationException();
  }

  /// Waits until the node shows `index`. Never polls.
  public Waited awaitShown(long index, Duration atMost) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Last index written, durable or not.
  public long end() {
    throw new UnsupportedOperationException();
  }

  /// Appends; the listener given to [#listen] hears of durability.
  public void append(String logId, List<Entry> entries) {
    throw new UnsupportedOperationException();
  }

  /// Puts a promise on disk behind everything appended before.
  public void persistPromise(Promise promise) {
    throw new UnsupportedOperationException();
  }

  /// Names the one core that hears what becomes of the log. Called once, before the first append.
  public void listen(LogEvents core) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Position positionAt(long index) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Entry entryAt(long index) {
    throw new UnsupportedOperationException();
  }

  /// Entries from `from` on, at most `maxEntries` and `maxBytes`, but at least one if there is one.
  public List<Entry> readBatch(long from, int maxEntries, int maxBytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
