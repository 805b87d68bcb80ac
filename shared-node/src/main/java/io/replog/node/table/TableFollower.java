package io.replog.node.table;

import io.replog.log.EntryReleasedException;
import io.replog.log.LogCorruptException;
import io.replog.log.LogCursor;
import io.replog.log.RawEntry;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import io.replog.node.log.NodeLog;
import io.replog.table.BadNotationException;
import io.replog.table.Table;
import io.replog.table.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Reads the log behind everything that appends, and makes the table of it: ten times a second, and
/// at once when somebody asks. What is not yet durable it never sees, and nobody who appends waits
/// for it.
///
/// It goes on from where it is as long as the log holds that very position. When the log was opened
/// anew and does not, it begins again: with a snapshot, if the log holds the snapshot's position,
/// otherwise with the first entry. When the first entries are released and may have been
/// transactions, there is no table, and whoever asks is told why.
@Component
final class TableFollower implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  private static final long TICK_MILLIS = 100;
  private static final long END_MILLIS = 1_500;

  /// A backlog above this is read from disk in one go.
  private static final long NEAR_ENTRIES = 16_384;

  private static final int BATCH_ENTRIES = 1_024;
  private static final int BATCH_BYTES = 1 << 20;
  private static final String UNKNOWN = "UNKNOWN_TRANSACTION";

  /// Before the web server starts, and until it has stopped.
  private static final int PHASE = 0;

  private final NodeLog log;
  private final NodeTable table;
  private final TableSnapshots snapshots;
  private final Semaphore asked = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;

  /// The opening of the log that the table belongs to, and where that began when it was looked at.
  /// Owner: the thread.
  private long opening = -1;

  private long base;

  /// Why the last turn has failed, empty when it has not. Owner: the thread.
  private String told = "";

  TableFollower(NodeLog log, NodeTable table, TableSnapshots snapshots) {
    this.log = log;
    this.table = table;
    this.snapshots = snapshots;
    table.followedBy(asked::release);
    log.neededBy(snapshots::releasable);
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public void start() {
    stopping = false;
    thread = Thread.ofPlatform().name("table").daemon().start(this::run);
  }

  @Override
  public void stop() {
    stopping = true;
    asked.release();
    Thread running = thread;
    thread = null;
    if (running != null) {
      await(running);
    }
  }

  private static void await(Thread running) {
    try {
      running.join(END_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
        if (asked.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
      }
      turn();
      snapshots.saveAtTheEnd();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Throws nothing: the next turn tries again.
  private void turn() {
    try {
      if (!log.isReopening()) {
        begin();
        catchUp();
        if (snapshots.saveNowAndThen()) {
          log.releaseHeldBack();
        }
      }
      told = "";
    } catch (EntryReleasedException released) {
      lose(released.firstIndex());
    } catch (LogCorruptException beingOpenedAnew) {
      LOG.debug("the table waits for the log", beingOpenedAnew);
    } catch (BadNotationException unknown) {
      stopAt(unknown);
    } catch (RuntimeException unreadable) {
      tell(unreadable.toString());
    }
  }

  /// Once, however many turns end in the same way.
  private void tell(String what) {
    if (!what.equals(told)) {
      told = what;
      LOG.warn("the table could not be brought up to date: {}", what);
    }
  }

  /// Looks whether the log is still the one that the table was made of.
  private void begin() {
    long present = log.openings();
    long begins = log.base().index();
    if (present == opening && (begins == base || table.position().index() >= begins)) {
      return;
    }
    if (opening < 0 || table.trouble() != null || !holds(table.position())) {
      restart();
    }
    opening = present;
    base = begins;
    table.belongsTo(present);
  }

  private void restart() {
    TableSnapshots.Loaded loaded = snapshots.load();
    if (loaded != null && holds(loaded.position())) {
      table.restart(loaded.table(), loaded.position());
      snapshots.used(loaded.position());
    } else if (log.base().index() == 0 || !log.hadKinds()) {
      table.restart(new Table(), log.base());
      snapshots.want(log.base().index());
    } else {
      lose(log.firstIndex());
    }
  }

  private boolean holds(Position position) {
    return position.index() >= log.base().index()
        && position.index() <= table.shownIndex()
        && log.positionAt(position.index()).equals(position);
  }

  /// The entries that made the beginning of the table are gone.
  private void lose(long firstIndex) {
    table.fail(
        new TableState.Trouble(
            "RELEASED",
            "the log of this node begins with #%d and there is no snapshot of the table before it: "
                    .formatted(firstIndex)
                + "ask another node, or copy its table.snapshot here and restart"));
  }

  private void stopAt(BadNotationException unknown) {
    table.fail(
        new TableState.Trouble(
            UNKNOWN,
            "#%d is a transaction that this program cannot read (%s): a newer one has written it"
                .formatted(table.position().index() + 1, unknown.getMessage())));
  }

  private void catchUp() {
    if (table.trouble() != null) {
      return;
    }
    long shown = table.shownIndex();
    if (table.position().index() < shown) {
      table.bringTo(shown, this::readTo);
    }
  }

  /// In a log of messages alone there is nothing to read: it is known before the first other entry
  /// is in it.
  private void readTo(long last) {
    if (log.hasKinds()) {
      read(last);
    } else if (log.isStill(opening)) {
      skipTo(log.positionAt(last));
    }
  }

  /// What belongs to another opening of the log is not taken.
  private void skipTo(Position end) {
    if (log.isStill(opening)) {
      table.advance(end);
    }
  }

  private void read(long last) {
    if (last - table.position().index() > NEAR_ENTRIES) {
      log.noticeDamage(() -> readFar(last));
    }
    boolean more = true;
    while (more && table.position().index() < last) {
      more = readNear(last);
    }
  }

  /// What is read of another opening of the log need not continue the table, and is not taken.
  ///
  /// @return whether there was something to read
  private boolean readNear(long last) {
    int most = (int) Math.min(BATCH_ENTRIES, last - table.position().index());
    List<Entry> batch = log.readBatch(table.position().index() + 1, most, BATCH_BYTES);
    if (batch.isEmpty() || !log.isStill(opening)) {
      return false;
    }
    for (Entry entry : batch) {
      if (entry.kind() == EntryKind.TRANSACTION) {
        table.apply(entry.position(), Transaction.parse(entry.text()));
      }
    }
    table.advance(batch.getLast().position());
    return true;
  }

  /// Makes strings of transactions only.
  private void readFar(long last) {
    try (LogCursor cursor = log.cursor(table.position().index() + 1)) {
      Position end = table.position();
      boolean isSame = log.isStill(opening);
      while (isSame && end.index() < last && !stopping) {
        RawEntry raw = Objects.requireNonNull(cursor.nextRaw(), "it is shown");
        end = new Position(raw.index(), raw.epoch(), raw.chain());
        if (raw.kind() == EntryKind.TRANSACTION) {
          table.apply(end, Transaction.parse(text(raw)));
        } else if (end.index() % BATCH_ENTRIES == 0) {
          table.advance(end);
        }
      }
      table.advance(end);
    }
  }

  private static String text(RawEntry raw) {
    return new String(raw.bytes(), raw.textOffset(), raw.textLength(), StandardCharsets.UTF_8);
  }
}
