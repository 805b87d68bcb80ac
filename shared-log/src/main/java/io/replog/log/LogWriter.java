package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The life of the log writer's thread: take what has gathered, write it, force once, tell. The
/// first force that fails ends it.
final class LogWriter implements Runnable {

  /// How long the log is quiet before the watermark of the last group is written down by itself;
  /// under load the next group carries it.
  static final long WITNESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// Time between two attempts on a full disk.
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CommandQueue queue;

  /// Null when the log is damaged and there was no room to repair it: then nothing is written but
  /// promises and commit indexes.
  private final @Nullable SegmentWriter segments;

  private final MetaStore meta;
  private final CommitFile commit;
  private final LogOptions options;
  private final LogListener listener;
  private final FullDisk fullDisk;
  private final LogRelease release;

  /// Told before the listener what can be read from now on.
  private final Consumer<Position> published;

  private final Consumer<IOException> failed;

  /// Told before the listener that nothing can be appended any more.
  private final Runnable stuck;

  /// Taken from the queue and not done yet: empty but on a full disk.
  private final ArrayDeque<Command> pending = new ArrayDeque<>();

  private boolean full;
  private long lastForceNanos = System.nanoTime();

  LogWriter(
      CommandQueue queue,
      @Nullable SegmentWriter segments,
      MetaStore meta,
      CommitFile commit,
      LogOptions options,
      LogListener listener,
      FullDisk fullDisk,
      LogRelease release,
      Consumer<Position> published,
      Consumer<IOException> failed,
      Runnable stuck) {
    this.queue = queue;
    this.segments = segments;
    this.meta = meta;
    this.commit = commit;
    this.options = options;
    this.listener = listener;
    this.fullDisk = fullDisk;
    this.release = release;
    this.published = published;
    this.failed = failed;
    this.stuck = stuck;
  }

  @Override
  public void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = step(queue.await(waitNanos(), pending.isEmpty()));
      }
    } catch (InterruptedException interrupted) {
      fail(new IOException("the log writer was interrupted", interrupted));
    } catch (IOException broken) {
      fail(broken);
    } catch (RuntimeException | Error broken) {
      fail(new IOException("the log writer broke down: " + broken, broken));
    }
  }

  /// @return whether there is more to come
  private boolean step(CommandQueue.Work work) throws IOException {
    pending.addAll(work.commands());
    try {
      work(work);
    } catch (IOException | RuntimeException broken) {
      work.commitWaiters().forEach(waiter -> waiter.completeExceptionally(broken));
      throw broken;
    }
    if (work.closing() && (work.isIdle() || full)) {
      finish(work.commitIndex());
      return false;
    }
    return true;
  }

  private void work(CommandQueue.Work work) throws IOException {
    release(work.releaseThrough());
    drain();
    if (intervalIsOver()) {
      force();
    }
    if (!work.commitWaiters().isEmpty() || (work.isIdle() && isUnwitnessed())) {
      writeCommit(work.commitIndex());
      work.commitWaiters().forEach(waiter -> waiter.complete(null));
    }
  }

  /// Without room for the note of what was released, nothing is; it may be asked for again. Tells
  /// in any case where the log begins.
  private void release(long throughIndex) throws IOException {
    if (throughIndex == 0) {
      return;
    }
    if (segments != null) {
      releaseThrough(Math.min(throughIndex, segments.written().index()), segments.logId());
    }
    listener.released(release.base());
  }

  private void releaseThrough(long index, String logId) throws IOException {
    Position base = release.boundary(index);
    if (base.index() > release.base().index()) {
      try {
        release.run(logId, base);
      } catch (IOException refused) {
        requireNoSpace(refused);
      }
    }
  }

  private void drain() throws IOException {
    try {
      while (!pending.isEmpty()) {
        drainNext();
      }
      tellFull(false);
    } catch (IOException refused) {
      requireNoSpace(refused);
      retreat();
    }
  }

  private void drainNext() throws IOException {
    switch (pending.getFirst()) {
      case Command.Pledge(var promise) -> {
        meta.save(meta.meta().withPromise(promise));
        pending.removeFirst();
        listener.promisePersisted(promise);
      }
      case Command.Begin(String logId, Position base) -> begin(logId, base);
      case Command.Append(String logId, _, _) -> appendGroup(logId);
    }
  }

  /// What is before the base is not known here: it may be of any kind.
  private void begin(String logId, Position base) throws IOException {
    meta.save(meta.meta().withKinds());
    release.run(logId, base);
    requireWriter().beginBehind(base);
    pending.removeFirst();
    publish(base);
  }

  /// Writes the appends at the head of what is pending, and forces them together.
  private void appendGroup(String logId) throws IOException {
    SegmentWriter writer = requireWriter();
    List<Entry> group = new ArrayList<>();
    int commands = 0;
    for (Command command : pending) {
      if (!(command instanceof Command.Append append) || !append.logId().equals(logId)) {
        break;
      }
      group.addAll(append.entries());
      commands++;
    }
    noteKinds(group);
    writer.write(logId, group);
    if (options.fsync() == FsyncMode.ALWAYS) {
      force();
    }
    for (int i = 0; i < commands; i++) {
      pending.removeFirst();
    }
    Hole filled = writer.filledHole();
    if (filled == null) {
      publish(writer.written());
    } else {
      join(writer, filled, group);
    }
  }

  /// Programs that know only messages must refuse the directory from here on.
  private void noteKinds(List<Entry> group) throws IOException {
    if (!meta.meta().kinds() && !isOfMessages(group)) {
      meta.save(meta.meta().withKinds());
    }
  }

  private static boolean isOfMessages(List<Entry> group) {
    for (Entry entry : group) {
      if (entry.kind() != EntryKind.MESSAGE) {
        return false;
      }
    }
    return true;
  }

  /// Nobody is told of the last entry of a hole before what stands behind it has proved it right.
  private void join(SegmentWriter writer, Hole filled, List<Entry> group) throws IOException {
    force();
    if (writer.join()) {
      publish(writer.written());
      return;
    }
    if (group.size() > 1) {
      publish(group.get(group.size() - 2).position());
    }
    stuck.run();
    listener.doesNotJoin(
        filled.from(filled.lastIndex()),
        "the chain up to #%d does not lead on to #%d"
            .formatted(filled.lastIndex(), filled.lastIndex() + 1));
  }

  private void publish(Position end) {
    published.accept(end);
    listener.durable(end.index());
  }

  private void force() throws IOException {
    long start = System.nanoTime();
    SegmentWriter.Forced forced = requireWriter().force();
    lastForceNanos = System.nanoTime();
    listener.forced(forced.entries(), forced.bytes(), lastForceNanos - start);
  }

  private void retreat() throws IOException {
    if (segments != null) {
      segments.retreat();
    }
    tellFull(true);
  }

  private void tellFull(boolean now) {
    if (full != now) {
      full = now;
      listener.full(now);
    }
  }

  private void writeCommit(long requested) throws IOException {
    commit.write(
        Math.max(requested, commit.current().commitIndex()),
        segments == null
            ? commit.current().durableIndex()
            : Math.max(commit.current().durableIndex(), segments.forcedIndex()));
  }

  /// What was forced is not on record as such yet.
  private boolean isUnwitnessed() {
    return segments != null && commit.current().durableIndex() < segments.forcedIndex();
  }

  private boolean intervalIsOver() {
    return isDirty() && System.nanoTime() - lastForceNanos >= options.fsyncInterval().toNanos();
  }

  private boolean isDirty() {
    return options.fsync() == FsyncMode.INTERVAL && segments != null && segments.isDirty();
  }

  private long waitNanos() {
    if (!pending.isEmpty()) {
      return RETRY_NANOS;
    }
    long untilForce =
        isDirty()
            ? options.fsyncInterval().toNanos() - (System.nanoTime() - lastForceNanos)
            : CommandQueue.FOR_EVER;
    return Math.min(untilForce, isUnwitnessed() ? WITNESS_NANOS : CommandQueue.FOR_EVER);
  }

  private void finish(long commitIndex) throws IOException {
    if (segments == null) {
      return;
    }
    force();
    writeCommit(commitIndex);
    try {
      meta.save(meta.meta().withCleanShutdown(true));
    } catch (IOException refused) {
      requireNoSpace(refused);
    }
    segments.seal();
  }

  /// Without room for the note that the end was in order, the next start takes a little longer.
  private void requireNoSpace(IOException refused) throws IOException {
    if (!fullDisk.explains(refused)) {
      throw refused;
    }
  }

  private void fail(IOException cause) {
    queue.fail(cause);
    failed.accept(cause);
    listener.failed(cause);
  }

  private SegmentWriter requireWriter() {
    if (segments == null) {
      throw new IllegalStateException("nothing can be appended to a damaged log");
    }
    return segments;
  }
}
