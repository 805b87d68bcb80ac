package io.replog.node.table;

import io.replog.log.SnapshotFile;
import io.replog.log.SnapshotFile.Snapshot;
import io.replog.model.Position;
import io.replog.node.settings.NodeSettings;
import io.replog.table.Table;
import io.replog.table.TableCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Puts the table on disk every so many entries, at an end in order, and before entries go that it
/// was made of. A snapshot may always be thrown away where the log still has all entries.
///
/// Owner: the thread that follows the log, but for [#releasable].
@Component
final class TableSnapshots {

  static final String NAME = "table.snapshot";

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  /// What the format adds to what a table counts, at most: a snapshot of a table that was let in is
  /// never too large to be read.
  private static final int SLACK_BYTES = 256 << 20;

  /// A disk that takes no snapshot is not asked again before.
  private static final long REST_NANOS = Duration.ofSeconds(10).toNanos();

  private final NodeTable table;
  private final SnapshotFile file;
  private final int maxBytes;
  private final long everyEntries;

  /// Last entry that the snapshot on disk knows of; 0 when there is none that can be used.
  private volatile long savedIndex;

  /// Since when the disk has taken none, null when it took the last one.
  private @Nullable Long refusedSinceNanos;

  /// Up to where entries are released, or somebody wants to release them.
  private final AtomicLong wantedIndex = new AtomicLong();

  /// A table as it was saved.
  record Loaded(Table table, Position position) {}

  TableSnapshots(
      NodeTable table,
      NodeSettings settings,
      @Value("${replog.table.snapshot-entries:100000}") long everyEntries) {
    this.table = table;
    this.file = SnapshotFile.in(settings.dataDirectory(), NAME);
    this.maxBytes = settings.tableMaxBytes() + SLACK_BYTES;
    this.everyEntries = everyEntries;
  }

  /// What is on disk, null when there is nothing that can be used; the log has to say whether it
  /// belongs to it.
  @Nullable Loaded load() {
    savedIndex = 0;
    try {
      Snapshot snapshot = file.load(maxBytes);
      return snapshot == null ? null : loaded(snapshot);
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.warn("the snapshot of the table is not used: {}", unusable.getMessage());
      return null;
    }
  }

  private static Loaded loaded(Snapshot snapshot) {
    return new Loaded(TableCodec.decode(snapshot.content()), snapshot.position());
  }

  /// The table was made of what [#load] gave.
  void used(Position position) {
    savedIndex = position.index();
  }

  /// How much of what is to be released may go: what the table on disk no longer needs. Asks for a
  /// snapshot otherwise, so that the next request gets further.
  long releasable(long index) {
    want(index);
    return table.trouble() == null ? Math.min(index, savedIndex) : index;
  }

  /// Has one made soon that knows of `index`, because the log does not begin before it: the next
  /// start could not tell what was there.
  void want(long index) {
    var _ = wantedIndex.accumulateAndGet(index, Math::max);
  }

  /// @return whether a snapshot was made
  boolean saveNowAndThen() {
    long behind = table.position().index() - savedIndex;
    boolean isDue = behind >= everyEntries || (behind > 0 && wantedIndex.get() > savedIndex);
    return isDue && !isResting() && save();
  }

  private boolean isResting() {
    Long since = refusedSinceNanos;
    return since != null && System.nanoTime() - since < REST_NANOS;
  }

  void saveAtTheEnd() {
    if (table.position().index() > savedIndex) {
      var _ = save();
    }
  }

  private boolean save() {
    if (table.trouble() != null) {
      return false;
    }
    TableState.Encoded encoded = table.encode();
    try {
      file.save(new Snapshot(encoded.position(), encoded.bytes()));
      savedIndex = encoded.position().index();
      refusedSinceNanos = null;
      return true;
    } catch (IOException refused) {
      refusedSinceNanos = System.nanoTime();
      LOG.warn("no snapshot of the table was made: {}", refused.getMessage());
      return false;
    }
  }
}
