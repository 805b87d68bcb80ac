package io.replog.node.log;

import io.replog.log.DiskSpace;
import io.replog.log.DurableLog;
import io.replog.log.Hole;
import io.replog.log.LogCorruptException;
import io.replog.log.LogCursor;
import io.replog.log.LogFailedException;
import io.replog.log.LogListener;
import io.replog.log.LogOptions;
import io.replog.log.LogScrub;
import io.replog.log.Recovery;
import io.replog.log.Retention;
import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.node.shutdown.FailStop;
import io.replog.replication.LogView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of this node, as every other part sees it: what is shown, what a majority holds, who
/// waits for what. Owner of the [DurableLog], which it closes and opens anew when a record turns
/// out to be damaged: what is missing then is a hole, in front of which the log ends until it is
/// filled.
///
/// Appending is for the core alone; everything else is for any thread.
public final class NodeLog implements LogView, AutoCloseable {

  /// How a wait for an index ended.
  public enum Waited {
    /// The index is there.
    REACHED,
    /// The time ran out.
    TIMED_OUT,
    /// The node is stopping.
    STOPPING,
    /// Too many wait already.
    REFUSED
  }

  /// What a force covered and how long it took.
  @FunctionalInterface
  public interface Forces {
    void forced(int entries, long bytes, long nanos);
  }

  /// Hears which entries a force has made durable, on the log writer's thread. Must not block.
  @FunctionalInterface
  public interface Moments {

    /// @param writtenNanos when everything up to `index` was written and its force began, on the
    ///   clock of [System#nanoTime]
    void durable(long index, long writtenNanos);
  }

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  /// Live tails and readers that wait for an index, each kind of index by itself. Far below the
  /// connections that a node takes, so that who does not wait gets through.
  private static final int MAX_WAITERS = 2_000;

  private static final Duration COMMIT_WRITE = Duration.ofSeconds(5);

  private final LogOptions options;
  private final FailStop failStop;
  private final Reopening reopening;
  private final AtomicLong damages = new AtomicLong();
  private final AtomicLong openings = new AtomicLong();
  private volatile DurableLog log;
  private final IndexWaiters shown;
  private final IndexWaiters committed;

  /// Last index that a majority holds. Starts at what was persisted; never falls. May lie behind
  /// the end while there is a hole.
  private volatile long commitIndex;

  private final FullDisk fullDisk = new FullDisk(this::reportFull);
  private final List<Forces> forces = new CopyOnWriteArrayList<>();
  private final List<Moments> moments = new CopyOnWriteArrayList<>();
  private volatile boolean joinFailed;

  /// What else needs entries of this log; nothing when nobody has said so.
  private volatile LongUnaryOperator needs = LongUnaryOperator.identity();

  /// Up to where the core wants entries to go that somebody here needs, 0 when there are none.
  private volatile long heldBack;

  /// The newest promise that is on disk, null while there is none.
  private volatile @Nullable Promise promise;

  private volatile @Nullable LogEvents core;

  /// Opens the log.
  ///
  /// @throws io.replog.log.LogRefusedException if the directory cannot be used as it is
  /// @throws IOException if the disk does not do what it should
  public static NodeLog open(LogOptions options, FailStop failStop) throws IOException {
    return new NodeLog(options, failStop);
  }

  private NodeLog(LogOptions options, FailStop failStop) throws IOException {
    this.options = options;
    this.failStop = failStop;
    this.reopening = new Reopening(this::reopen, failStop, System::nanoTime);
    this.log = DurableLog.open(options, new Fan());
    this.promise = log.recovery().promise();
    this.damages.set(found(log.recovery()));
    this.commitIndex =
        log.holes().isEmpty() ? log.recovery().commitIndex() : log.persistedCommitIndex();
    this.shown = new IndexWaiters(log.durableIndex(), MAX_WAITERS);
    this.committed = new IndexWaiters(commitIndex, MAX_WAITERS);
  }

  /// Damaged places; what is missing without a trace counts too.
  private static int found(Recovery recovery) {
    return Math.max(recovery.corruption().size(), recovery.holes().size());
  }

  /// Names the one core that hears what becomes of the log. Called once, before the first append.
  public void listen(LogEvents events) {
    core = events;
    noteWritability();
  }

  /// Adds one who notes when entries were written.
  public void noteMoments(Moments noted) {
    moments.add(noted);
  }

  /// Adds one who measures forces, on the log writer's thread. Must not block.
  public void measure(Forces measured) {
    forces.add(measured);
  }

  /// What was found when the log was last opened.
  public Recovery recovery() {
    return log.recovery();
  }

  /// Whether entries that are no messages may have been in the log when it was last opened, among
  /// those that are released too.
  public boolean hadKinds() {
    return log.hadKinds();
  }

  /// Whether entries that are no messages may be up to an index that was durable before the call,
  /// among those that are released too.
  public boolean hasKinds() {
    return log.hasKinds();
  }

  /// The commit index as it is known at the opening, for a new core: behind the end, while a hole
  /// hides what was committed.
  public long knownCommitIndex() {
    return log.holes().isEmpty() ? commitIndex() : commitIndex;
  }

  /// What is missing behind the end, ascending; empty when the log is whole.
  public List<Hole> holes() {
    return log.holes();
  }

  /// Whether the log is just being opened anew: nothing should be read then.
  public boolean isReopening() {
    return reopening.isUnderWay();
  }

  /// Opens the log anew, although nothing is wrong with it: a new core begins. Returns at once.
  public void reopenFor(String why) {
    reopening.begin(why);
  }

  /// Damages found so far, at the start or later.
  public long damages() {
    return damages.get();
  }

  /// How often the log was opened anew; see [#isStill].
  public long openings() {
    return openings.get();
  }

  /// Whether the log has not been opened anew since [#openings] said `opening`, nor is just now:
  /// then its end has not fallen since.
  public boolean isStill(long opening) {
    return !isReopening() && openings() == opening;
  }

  /// A reader that looks for damage in the log as it is open now; see [#openings].
  LogScrub scrub(long bytesPerSecond) {
    return log.scrub(bytesPerSecond);
  }

  /// Last index that this node shows: everything up to it is durable here.
  public long shownIndex() {
    return log.durableIndex();
  }

  /// The entry before the first one kept; [Position#START] when all are.
  @Override
  public Position base() {
    return log.base();
  }

  /// First index that is kept.
  public long firstIndex() {
    return log.base().index() + 1;
  }

  /// Highest index that `retention` does not ask for. Reads a few files; for one thread at a time.
  public long surplus(Retention retention, long nowMillis) {
    return log.surplus(retention, nowMillis);
  }

  /// Where the log would begin if as many whole segments as possible were released and nothing
  /// behind `index`.
  public Position boundary(long index) {
    return log.boundary(index);
  }

  /// End of what this node shows.
  public Position shownEnd() {
    return log.end();
  }

  /// Last index that a majority holds, as far as this node knows and holds it itself.
  public long commitIndex() {
    return Math.min(commitIndex, log.durableIndex());
  }

  /// The commit index has grown: wakes who waits for it. Called by the core.
  ///
  /// It goes to disk before somebody is shown something on its account, and once a second.
  public void commit(long index) {
    if (index > commitIndex) {
      commitIndex = index;
      committed.raise(index);
    }
  }

  /// Puts the commit index on disk. Called once a second, so that forces are left to messages.
  void keepCommitIndex() {
    if (reopening.isUnderWay()) {
      return;
    }
    unlessFailed(
        () -> {
          var _ = log.persistCommit(commitIndex());
        });
  }

  /// Returns once `index`, at most the commit index, would be known as committed after a restart
  /// too.
  ///
  /// @return false if the disk did not take it in time
  public boolean keepCommitted(long index) throws InterruptedException {
    if (index <= log.persistedCommitIndex()) {
      return true;
    }
    try {
      log.persistCommit(index).get(COMMIT_WRITE.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | IllegalStateException notKept) {
      return false;
    }
  }

  /// Waits until this node shows `index`.
  public Waited awaitShown(long index, Duration atMost) throws InterruptedException {
    return shown.await(index, atMost.toNanos());
  }

  /// Waits until the commit index is at least `index`.
  public Waited awaitCommitted(long index, Duration atMost) throws InterruptedException {
    return committed.await(index, atMost.toNanos());
  }

  /// Threads that wait for an index now.
  public int waiters() {
    return shown.size() + committed.size();
  }

  /// Wakes everybody who waits, for good: the node is stopping.
  public void wakeWaiters() {
    shown.close();
    committed.close();
  }

  /// Appends; [LogEvents#durable] follows.
  public void append(String logId, List<Entry> entries) {
    unlessFailed(() -> log.append(logId, entries));
  }

  /// Lets an empty log begin behind `base`; [LogEvents#durable] with its index follows.
  public void begin(String logId, Position base) {
    unlessFailed(() -> log.begin(logId, base));
  }

  /// Deletes every segment that holds nothing behind `index`, as far as nobody here needs it;
  /// [LogEvents#released] follows.
  public void release(long index) {
    long may = releasable(index);
    heldBack = may < index ? index : 0;
    if (may > 0) {
      log.release(may);
    }
  }

  /// Deletes what was to go and was still needed here, as far as it is not any more.
  public void releaseHeldBack() {
    long index = heldBack;
    if (index > 0) {
      release(index);
    }
  }

  /// How much of what is to be released nobody here needs any more, 0 for nothing.
  public long releasable(long index) {
    return needs.applyAsLong(index);
  }

  /// Names the one who makes something of the entries, and must not lose them before.
  ///
  /// @param releasable told the index up to which entries are to go, answers up to which they may;
  ///   must not block
  public void neededBy(LongUnaryOperator releasable) {
    needs = releasable;
  }

  /// Puts a promise on disk behind everything appended before; [LogEvents#promisePersisted]
  /// follows.
  public void persistPromise(Promise promise) {
    unlessFailed(() -> log.persistPromise(promise));
  }

  /// The newest promise that is on disk, null while there is none. What is committed here was
  /// written under it, or under an older one.
  public @Nullable Promise promise() {
    return promise;
  }

  @Override
  public Position positionAt(long index) {
    return noticingDamage(() -> log.positionAt(index));
  }

  @Override
  public Entry entryAt(long index) {
    return noticingDamage(() -> log.read(index));
  }

  /// Durable entries from `from` on, from memory when they are recent; at least one if there is
  /// one.
  public List<Entry> readBatch(long from, int maxEntries, int maxBytes) {
    return noticingDamage(() -> log.readBatch(from, maxEntries, maxBytes));
  }

  /// Durable entries from `from` on, one behind the other, from disk. To be used within
  /// [#noticeDamage].
  public LogCursor cursor(long from) {
    return log.cursor(from);
  }

  /// Carries out a longer read; if it meets damage, the log is opened anew.
  public void noticeDamage(Runnable read) {
    var _ =
        noticingDamage(
            () -> {
              read.run();
              return true;
            });
  }

  /// Carries out a read; if it meets damage, the log is opened anew. What a reader of an earlier
  /// opening meets says nothing about this one.
  <T> T noticingDamage(Supplier<T> read) {
    DurableLog present = log;
    try {
      return read.get();
    } catch (LogCorruptException damage) {
      if (present.equals(log)) {
        damaged(damage);
      }
      throw damage;
    }
  }

  private void damaged(LogCorruptException damage) {
    String what = "#%d is damaged: %s".formatted(damage.index(), damage.getMessage());
    if (reopening.damaged(what)) {
      damages.incrementAndGet();
      LOG.error("{}; the log is opened anew", what);
    }
  }

  private void reopen(String why) throws IOException {
    LogEvents listener = core;
    if (listener != null) {
      listener.closing(why);
    }
    log.close();
    joinFailed = false;
    heldBack = 0;
    log = DurableLog.open(options.withAcceptDataLoss(false), new Fan());
    reopening.opened();
    openings.incrementAndGet();
    shown.restart(log.durableIndex());
    shown.raise(log.durableIndex());
    RecoveryLines.tell(log.recovery(), false);
    if (listener != null) {
      listener.reopened();
    }
    noteWritability();
  }

  /// A disk without room for the repair counts as full until there is room, and then the log is
  /// opened anew.
  private void noteWritability() {
    fullDisk.writeRefused(lacksRoomForRepair());
  }

  private boolean lacksRoomForRepair() {
    return !log.isWritable() && !joinFailed;
  }

  /// Whether entries can be appended; not when the disk has no room to repair what is damaged, and
  /// not when what was filled in does not join.
  public boolean isWritable() {
    return log.isWritable();
  }

  /// Room on the disk at this moment.
  public DiskSpace space() {
    return log.space();
  }

  /// Looks whether the directory is still the one that was opened. What is written into one that
  /// was removed would be gone with this process. Called once a second.
  void checkPlace() {
    if (!log.isInPlace()) {
      failStop.stop(
          FailStop.LOG_FAILED,
          "the data directory is gone: removed or replaced under this node, or its disk is lost",
          null);
    }
  }

  /// Looks whether the disk has room above its reserve. Called once a second.
  void checkSpace() {
    boolean full = log.space().full();
    fullDisk.reserveUsed(full);
    if (!full && lacksRoomForRepair()) {
      reopenFor("there is room to repair what is damaged");
    }
  }

  private void reportFull(boolean full) {
    LogEvents listener = core;
    if (listener != null) {
      listener.full(full);
    }
  }

  /// Writes and forces what was appended and gives the directory free.
  @Override
  public void close() throws IOException {
    wakeWaiters();
    awaitReopening();
    keepCommitIndex();
    log.close();
  }

  private void awaitReopening() {
    try {
      reopening.end();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// After a failure of the log nothing is written, and the process is about to end: that is no
  /// broken invariant of the caller.
  private void unlessFailed(Runnable write) {
    try {
      write.run();
    } catch (LogFailedException refused) {
      failStop.stop(FailStop.LOG_FAILED, "the log could not be written", refused);
    }
  }

  /// Passes on what the log writer reports.
  private final class Fan implements LogListener {

    /// When the last force began; 0 when it has been told already. Owner: the log writer.
    private long forceBeganNanos;

    @Override
    public void durable(long index) {
      long written = forceBeganNanos;
      if (written != 0) {
        forceBeganNanos = 0;
        moments.forEach(noted -> noted.durable(index, written));
      }
      shown.raise(index);
      LogEvents listener = core;
      if (listener != null) {
        listener.durable(index);
      }
    }

    @Override
    public void promisePersisted(Promise persisted) {
      promise = persisted;
      LogEvents listener = core;
      if (listener != null) {
        listener.promisePersisted(persisted);
      }
    }

    @Override
    public void released(Position base) {
      LogEvents listener = core;
      if (listener != null) {
        listener.released(base);
      }
    }

    @Override
    public void doesNotJoin(Hole hole, String reason) {
      joinFailed = true;
      String what =
          "what was filled in from #%d to #%d does not join what stands behind it: %s"
              .formatted(hole.firstIndex(), hole.lastIndex(), reason);
      LOG.error(what);
      LogEvents listener = core;
      if (listener != null) {
        listener.doesNotJoin(what);
      }
    }

    @Override
    public void failed(IOException cause) {
      LogEvents listener = core;
      if (listener != null) {
        listener.failed(String.valueOf(cause.getMessage()));
      }
      failStop.stop(FailStop.LOG_FAILED, "the log could not be written", cause);
    }

    @Override
    public void forced(int entries, long bytes, long nanos) {
      forceBeganNanos = System.nanoTime() - nanos;
      forces.forEach(measured -> measured.forced(entries, bytes, nanos));
    }

    @Override
    public void full(boolean full) {
      fullDisk.writeRefused(full);
    }
  }
}
