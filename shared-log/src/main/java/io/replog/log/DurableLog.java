package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The log of one node on its disk. What it has reported durable is there at every later start, in
/// one order and without a gap, or the start says what is missing: then the log ends before the
/// first of its [#holes], and what is appended fills them.
///
/// Appending is for one thread at a time; everything else is for any thread. Nothing but [#open]
/// and [#close] waits for a write. One platform thread writes; it takes all that has gathered while
/// it was forcing, and forces that once. Readers have file handles of their own.
///
/// Reads throw [UncheckedIOException] when the disk cannot be read, [LogCorruptException] when a
/// record is damaged, [EntryReleasedException] for an index before the first one kept and
/// [IndexOutOfBoundsException] for any other that is not there.
public final class DurableLog implements AutoCloseable {

  private static final String LOCK_NAME = "LOCK";

  private final LogFiles files;
  private final LogOptions options;
  private final DirectoryHold hold;
  private final Recovery recovery;
  private final Segments segments;
  private final LogRecovery.Opened opened;
  private final CommandQueue queue = new CommandQueue();
  private final RecentEntries recent;
  private final LogSurplus surplus;
  private final Thread thread;

  /// Whether there may have been entries that are no messages when the log was opened, or before
  /// the first entry of one that began behind others.
  private volatile boolean hadKinds;

  /// Log of the first entry and so of all, null while there is none. Owner: the appending thread.
  private volatile @Nullable String logId;

  /// Log of the last promise, null before the first one.
  private volatile @Nullable String promisedLogId;

  /// Last entry that may be shown; never falls.
  private volatile Position durableEnd;

  /// What is missing behind the end, ascending; only shrinks. Owner: the log writer's thread.
  private volatile List<Hole> holes;

  /// Whether a hole was filled with what does not lead on to what stands behind it.
  private volatile boolean stuck;

  private volatile @Nullable IOException failure;

  /// Opens the log of a directory, or creates one in an empty directory; takes the lock, verifies
  /// every byte, cuts a torn tail.
  ///
  /// @throws LogRefusedException if the directory cannot be used as it is
  /// @throws IOException if the disk does not do what it should; trying again may help
  public static DurableLog open(LogOptions options, LogListener listener) throws IOException {
    return open(options, listener, new ChannelFiles());
  }

  static DurableLog open(LogOptions options, LogListener listener, LogFiles files)
      throws IOException {
    files.prepareDirectory(options.directory());
    DirectoryHold lock = files.lock(options.directory().resolve(LOCK_NAME));
    try {
      LogRecovery.Opened opened = new LogRecovery(files, options).run();
      DurableLog log = new DurableLog(files, options, listener, lock, opened);
      log.thread.start();
      return log;
    } catch (IOException | RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  private DurableLog(
      LogFiles files,
      LogOptions options,
      LogListener listener,
      DirectoryHold hold,
      LogRecovery.Opened opened) {
    this.files = files;
    this.options = options;
    this.hold = hold;
    this.opened = opened;
    this.recovery = opened.report();
    this.segments = opened.segments();
    this.durableEnd = recovery.end();
    this.holes = recovery.holes();
    this.logId = recovery.segmentLogId();
    this.promisedLogId = recovery.logId();
    this.recent = new RecentEntries(recovery.end());
    this.surplus = new LogSurplus(files, segments);
    this.hadKinds = opened.meta().meta().kinds();
    this.thread = Thread.ofPlatform().name("log-writer").unstarted(writer(listener));
  }

  private LogWriter writer(LogListener listener) {
    return new LogWriter(
        queue,
        opened.writer(),
        opened.meta(),
        opened.commit(),
        options,
        listener,
        new FullDisk(files, options.directory()),
        new LogRelease(files, options.directory(), opened.meta(), segments),
        this::publish,
        cause -> failure = cause,
        () -> stuck = true);
  }

  /// Whether entries can be appended, into a hole where there is one. Not when the disk had no room
  /// to repair what is damaged, and not behind [LogListener#doesNotJoin].
  public boolean isWritable() {
    return opened.writer() != null && !stuck;
  }

  /// Whether the directory is still the one that was opened; what is written into one that was
  /// removed or replaced will not be there at the next start. Asks the disk.
  public boolean isInPlace() {
    return hold.isInPlace();
  }

  /// Whether entries that are no messages may have been among all that this log ever had up to its
  /// end when it was opened, released ones included; also those that it began behind since then.
  public boolean hadKinds() {
    return hadKinds;
  }

  /// The same up to the present: false only while every entry up to any index that was reported
  /// durable before the call, and every one that it began behind, is a message.
  public boolean hasKinds() {
    return hadKinds || opened.meta().meta().kinds();
  }

  /// What was found at the start.
  public Recovery recovery() {
    return recovery;
  }

  /// Queues entries to be written behind what was appended before; [LogListener#durable] tells when
  /// they are. Never waits.
  ///
  /// @param logId identity of the log; the same for every entry of a log
  /// @throws IllegalStateException if they do not continue the log, go beyond the first of
  ///   [#holes], are of another log, are larger than allowed, or if nothing can be appended
  ///   (closed, failed, damaged): an invariant is broken and nothing was queued
  public void append(String logId, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    requireAppendable(logId);
    Command.Append command =
        new Command.Append(logId, List.copyOf(entries), requireContinuation(entries));
    enqueue(command);
    this.logId = logId;
  }

  /// Lets an empty log begin behind `base`, an entry of a log of which nobody keeps what is before;
  /// [LogListener#durable] tells of the index of `base` when that is on disk. Never waits.
  ///
  /// @throws IllegalStateException if the log is not empty, or nothing can be appended to it
  public void begin(String logId, Position base) {
    requireAppendable(logId);
    if (recent.last().index() > 0) {
      throw new IllegalStateException("only an empty log begins at " + base);
    }
    hadKinds = true;
    queue.offer(new Command.Begin(logId, base));
    recent.restartBehind(base);
    this.logId = logId;
  }

  /// The entry before the first one kept; [Position#START] when all are. Never falls.
  public Position base() {
    return segments.base();
  }

  /// Where the log would begin if as many whole segments as possible were released and nothing
  /// behind `index`.
  public Position boundary(long index) {
    return segments.boundary(Math.min(index, durableIndex()));
  }

  /// Highest index that `retention` does not ask for, or what was released before. Reads a few
  /// files; for one thread at a time.
  ///
  /// @param nowMillis wall clock, milliseconds since 1970
  public long surplus(Retention retention, long nowMillis) {
    try {
      return surplus.lastIndex(retention, nowMillis);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Asks for the deletion of every segment that holds nothing behind `index`, never of the last
  /// one; [LogListener#released] tells when it is done, or could not be for want of room on the
  /// disk. It may be asked for again. Never waits.
  public void release(long index) {
    queue.offerRelease(index);
  }

  /// Queues a promise, in one order with the entries; [LogListener#promisePersisted] tells when it
  /// is on disk.
  ///
  /// @throws IllegalStateException if entries of another log are held, or the log is closed or has
  ///   failed
  public void persistPromise(Promise promise) {
    requireSameLog(logId, promise.logId());
    queue.offer(new Command.Pledge(promise));
    promisedLogId = promise.logId();
  }

  /// Completes when this commit index, or a higher one, is on disk. Requests that meet share one
  /// write. Completes on the log writer's thread: what hangs on it must not block.
  public CompletableFuture<Void> persistCommit(long commitIndex) {
    return commitIndex <= persistedCommitIndex()
        ? CompletableFuture.completedFuture(null)
        : queue.offerCommit(commitIndex);
  }

  /// Highest index that was reported durable.
  public long durableIndex() {
    return durableEnd.index();
  }

  /// Last entry that was reported durable.
  public Position end() {
    return durableEnd;
  }

  /// Highest commit index on disk.
  public long persistedCommitIndex() {
    return opened.commit().current().commitIndex();
  }

  /// What is missing behind the end at this moment, ascending; empty when the log is whole. The
  /// first one shrinks with every entry filled in. Whoever needs both looks at the holes before the
  /// end: then no holes means that the end is that of the whole log.
  public List<Hole> holes() {
    return holes;
  }

  /// Highest index that is known to have been durable, in a hole or behind one; at least
  /// [#durableIndex].
  public long knownEnd() {
    return Math.max(opened.knownEnd(), durableIndex());
  }

  /// A reader that looks for damage nobody has met, from the first entry on.
  ///
  /// @param bytesPerSecond how fast it asks to be called, more than 0
  public LogScrub scrub(long bytesPerSecond) {
    return new LogScrub(files, segments, this::durableIndex, bytesPerSecond);
  }

  /// Position of an entry, durable or just appended; [Position#START] for 0.
  public Position positionAt(long index) {
    if (index == 0) {
      return Position.START;
    }
    Position base = base();
    if (index == base.index()) {
      return base;
    }
    Entry held = recent.get(index);
    if (held != null) {
      return held.position();
    }
    Position end = durableEnd;
    return index == end.index() ? end : read(index).position();
  }

  /// One durable entry.
  public Entry read(long index) {
    if (index < 1 || index > durableIndex()) {
      throw new IndexOutOfBoundsException("#" + index + " is not in the log");
    }
    requireKept(index);
    Entry held = recent.get(index);
    return held != null ? held : readFromDisk(index);
  }

  /// Reads from disk, from an index on, for as long as the caller likes.
  public LogCursor cursor(long fromIndex) {
    return new LogCursor(files, segments, this::durableIndex, fromIndex);
  }

  /// Durable entries from `fromIndex` on, from memory when they are recent: at least one if there
  /// is one, at most `maxEntries`, and no more than `maxBytes` of key and text beyond the first.
  public List<Entry> readBatch(long fromIndex, int maxEntries, int maxBytes) {
    requireKept(fromIndex);
    List<Entry> held = recent.range(fromIndex, maxEntries, maxBytes);
    return held.isEmpty() && fromIndex <= durableIndex()
        ? readBatchFromDisk(fromIndex, maxEntries, maxBytes)
        : held;
  }

  /// Room on the disk at this moment.
  public DiskSpace space() {
    try {
      long usable = files.usableBytes(options.directory());
      return new DiskSpace(usable, usable < options.reserveBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Writes and forces what was appended, notes that the end was in order, and gives the directory
  /// free. After a failure it only gives the directory free.
  @Override
  public void close() throws IOException {
    queue.close();
    joinWriter();
    closeFiles();
  }

  private void closeFiles() throws IOException {
    CommitFile commit = opened.commit();
    SegmentWriter writer = opened.writer();
    try (hold;
        commit) {
      if (writer != null) {
        writer.close();
      }
    }
  }

  private void joinWriter() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wanted) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(Position end) {
    if (end.index() > recent.last().index()) {
      recent.restartBehind(end);
    } else {
      recent.madeDurable(end.index());
    }
    durableEnd = end;
    if (!holes.isEmpty()) {
      holes = holesBehind(end.index());
    }
  }

  private List<Hole> holesBehind(long end) {
    return holes.stream()
        .filter(hole -> hole.lastIndex() > end)
        .map(hole -> hole.from(Math.max(hole.firstIndex(), end + 1)))
        .toList();
  }

  private void requireKept(long index) {
    if (segments.isReleased(index)) {
      throw segments.released(index);
    }
  }

  private Entry readFromDisk(long index) {
    try (LogCursor cursor = cursor(index)) {
      Entry entry = cursor.next();
      if (entry == null) {
        throw new IndexOutOfBoundsException("#" + index + " is not in the log");
      }
      return entry;
    }
  }

  private List<Entry> readBatchFromDisk(long fromIndex, int maxEntries, int maxBytes) {
    List<Entry> batch = new ArrayList<>();
    try (LogCursor cursor = cursor(fromIndex)) {
      long bytes = 0;
      Entry entry = cursor.next();
      while (entry != null && batch.size() < maxEntries) {
        bytes += RecentEntries.textBytes(entry);
        if (bytes > maxBytes && !batch.isEmpty()) {
          break;
        }
        batch.add(entry);
        entry = batch.size() < maxEntries ? cursor.next() : null;
      }
    }
    return batch;
  }

  /// Held in memory first: the writer may be done before this method is.
  private void enqueue(Command.Append command) {
    Position before = recent.last();
    recent.add(command.entries());
    try {
      queue.offer(command);
    } catch (IllegalStateException refused) {
      recent.cutBehind(before);
      throw refused;
    }
  }

  private void requireAppendable(String logId) {
    if (!isWritable()) {
      throw new IllegalStateException("nothing can be appended to a damaged log");
    }
    if (failure != null) {
      throw new LogFailedException(failure);
    }
    requireSameLog(this.logId, logId);
    requireSameLog(promisedLogId, logId);
  }

  private static void requireSameLog(@Nullable String held, String wanted) {
    if (held != null && !held.equals(wanted)) {
      throw new IllegalStateException("this is log " + held + ", not " + wanted);
    }
  }

  /// Index and epoch only: whoever made the entries has computed their chain from the position
  /// before, and the next start verifies it from the disk.
  ///
  /// @return length of keys and texts, bytes
  private long requireContinuation(List<Entry> entries) {
    Position previous = recent.last();
    long bytes = 0;
    for (Entry entry : entries) {
      long entryBytes = RecentEntries.textBytes(entry);
      if (entry.index() != previous.index() + 1 || entry.epoch() < previous.epoch()) {
        throw new IllegalStateException(entry.position() + " does not follow " + previous);
      }
      if (entryBytes > options.maxRecordBytes()) {
        throw new IllegalStateException("#" + entry.index() + " has " + entryBytes + " bytes");
      }
      bytes += entryBytes;
      previous = entry.position();
    }
    requireBeforeIsland(previous.index());
    return bytes;
  }

  private void requireBeforeIsland(long lastIndex) {
    List<Hole> missing = holes;
    if (!missing.isEmpty() && lastIndex > missing.getFirst().lastIndex()) {
      throw new IllegalStateException("#" + lastIndex + " is beyond " + missing.getFirst());
    }
  }
}
