package io.replog.node.table;

import io.replog.model.Position;
import io.replog.node.log.IndexWaiters;
import io.replog.node.log.NodeLog;
import io.replog.node.log.NodeLog.Waited;
import io.replog.node.messages.LayerView;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.UnusableException;
import io.replog.node.shutdown.StopsFirst;
import io.replog.table.Applied;
import io.replog.table.Table;
import io.replog.table.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The table of this node, as everybody but the thread that makes it sees it. Whoever looks sees
/// everything that the node shows at that moment. For any thread.
@Component
public final class NodeTable implements StopsFirst {

  /// Nobody waits longer for the table to hold what the log shows: then it is being rebuilt.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration SLICE = Duration.ofSeconds(1);

  /// Until the thread that makes the table has looked at a log that was opened anew.
  private static final Duration TURN = Duration.ofMillis(20);

  /// The table, its snapshot, and everything else.
  private static final int HEAP_PARTS = 3;

  /// What is set where nothing is set, for which no heap is too small to begin.
  private static final int ALWAYS_BYTES = 32 << 20;

  private static final int MAX_WAITERS = 2_000;
  private static final int SOON_SECONDS = 1;
  private static final int LATER_SECONDS = 60;

  private final NodeLog log;
  private final boolean isOfLayer;
  private final TableState state = new TableState();
  private final Results results = new Results();
  private final RecentChanges changes = new RecentChanges();
  private final EventWriter events;
  private final long maxBytes;

  /// Threads that wait for the table to hold an entry.
  private final IndexWaiters held = new IndexWaiters(0, MAX_WAITERS);

  /// Tails that wait for the next change.
  private final IndexWaiters changed = new IndexWaiters(0, MAX_WAITERS);

  /// Wakes the thread that makes the table.
  private volatile Runnable follower = () -> {};

  /// Opening of the log that the table belongs to, -1 before the first.
  private volatile long opening = -1;

  /// What open transactions may add to the table. Guarded by this.
  private long reservedBytes;

  NodeTable(NodeLog log, NodeSettings settings, JsonMapper json, ObjectProvider<LayerView> layer) {
    this.log = log;
    this.isOfLayer = layer.getIfAvailable() != null;
    this.maxBytes = fitting(settings.tableMaxBytes(), Runtime.getRuntime().maxMemory());
    this.events = new EventWriter(json);
  }

  /// @param heapBytes of this process
  /// @throws UnusableException if a table of `maxBytes`, with a snapshot of it in the making, would
  ///   not leave room for anything else
  static int fitting(int maxBytes, long heapBytes) {
    long most = Math.max(ALWAYS_BYTES, heapBytes / HEAP_PARTS);
    if (maxBytes > most) {
      throw new UnusableException(
          "TABLE_MAX_BYTES=%d cannot be used: with a heap of %d bytes it must be at most %d, or the heap larger (-Xmx in JDK_JAVA_OPTIONS)"
              .formatted(maxBytes, heapBytes, most));
    }
    return maxBytes;
  }

  /// Last entry that the table is to know of: what this node shows. A layer node shows its version
  /// and nothing beyond it.
  long shownIndex() {
    return isOfLayer ? log.commitIndex() : log.shownIndex();
  }

  /// Makes the table of everything that this node shows. On a layer node that is a version, which
  /// is kept on disk before and shown as a whole: nobody looks at a part of it.
  ///
  /// @param work brings the table to the index that it is given
  void bringTo(long index, LongConsumer work) {
    if (!isOfLayer) {
      work.accept(index);
    } else if (keeps(index)) {
      state.atOnce(() -> work.accept(index));
    }
  }

  private boolean keeps(long version) {
    try {
      return log.keepCommitted(version);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Names the thread that makes the table.
  void followedBy(Runnable waking) {
    follower = waking;
  }

  /// Last entry that the table knows of.
  Position position() {
    return state.position();
  }

  TableState.@Nullable Trouble trouble() {
    return state.trouble();
  }

  int keys() {
    return state.look((table, _) -> table.size());
  }

  long bytes() {
    return state.look((table, _) -> table.bytes());
  }

  TableState.Encoded encode() {
    return state.encode();
  }

  /// The table was held against the log as it was opened then.
  void belongsTo(long present) {
    opening = present;
  }

  void restart(Table table, Position position) {
    state.restart(table, position);
    results.clear();
    changes.restart(position.index() + 1);
    held.restart(position.index() - 1);
    held.raise(position.index());
    changed.restart(position.index());
  }

  void fail(TableState.Trouble trouble) {
    state.fail(trouble);
  }

  void apply(Position at, Transaction transaction) {
    Applied applied = state.apply(at, transaction);
    results.add(applied);
    if (!applied.changes().isEmpty()) {
      remember(applied);
      changed.raise(at.index());
    }
  }

  private void remember(Applied applied) {
    if (applied.changedCharacters() > RecentChanges.MAX_CHARACTERS) {
      changes.restart(applied.index() + 1);
    } else {
      changes.add(events.events(applied));
    }
  }

  void advance(Position at) {
    state.advance(at);
    held.raise(at.index());
  }

  RecentChanges changes() {
    return changes;
  }

  /// Waits for a change at `index` or behind it. Also ends when it is time to look again.
  Waited awaitChange(long index, Duration atMost) throws InterruptedException {
    return changed.await(index, atMost.toNanos());
  }

  /// Looks at the table, which holds everything that this node shows now.
  ///
  /// @throws Refusal 503 if there is no table, or it does not hold that in time
  public <T> T look(BiFunction<Table, Position, T> looking) throws InterruptedException {
    requireHeld(shownIndex());
    return state.look(looking);
  }

  /// @throws Refusal 503 if no table can be made of this log
  public void requireTable() {
    TableState.Trouble trouble = state.trouble();
    if (trouble != null) {
      throw Refusal.unavailable(trouble.what(), trouble.reason(), LATER_SECONDS);
    }
  }

  private void requireHeld(long index) throws InterruptedException {
    switch (await(index)) {
      case REACHED -> requireTable();
      case TIMED_OUT ->
          throw Refusal.unavailable(
              "the table is being made of the log, it holds #%d of #%d"
                  .formatted(state.position().index(), index),
              "REBUILDING",
              SOON_SECONDS);
      case STOPPING -> throw Refusal.unavailable("the node is stopping", "STOPPING", SOON_SECONDS);
      case REFUSED ->
          throw Refusal.unavailable(
              "too many wait for the table", "TOO_MANY_WAITERS", SOON_SECONDS);
    }
  }

  private Waited await(long index) throws InterruptedException {
    long since = System.nanoTime();
    Waited waited = Waited.TIMED_OUT;
    while (waited == Waited.TIMED_OUT
        && state.trouble() == null
        && System.nanoTime() - since < PATIENCE.toNanos()) {
      waited = awaitOnce(index);
    }
    return state.trouble() == null ? waited : Waited.REACHED;
  }

  /// A table of an earlier opening of the log may hold more than this node shows now.
  private Waited awaitOnce(long index) throws InterruptedException {
    boolean isOfThisLog = opening == log.openings();
    if (!isOfThisLog || state.position().index() < index) {
      follower.run();
    }
    return isOfThisLog
        ? held.await(index, SLICE.toNanos())
        : held.await(Long.MAX_VALUE, TURN.toNanos());
  }

  /// Room for what a transaction adds, until [#giveBack].
  ///
  /// @return bytes that were reserved
  /// @throws Refusal 507 if the table would grow beyond `TABLE_MAX_BYTES`; 413 if what is read is
  ///   too much for an answer; 503 if there is no table
  public long reserve(Transaction transaction) throws InterruptedException {
    Need need = look((table, _) -> Need.of(table, transaction));
    TransactionAnswer.requireBound(need.reads());
    reserve(need.growth());
    return need.growth();
  }

  /// What is applied is in the table before it is given back, so it counts at least once.
  private synchronized void reserve(long growth) {
    long taken = bytes() + reservedBytes;
    if (growth > 0 && taken + growth > maxBytes) {
      throw full(taken, growth);
    }
    reservedBytes += growth;
  }

  /// @param growth bytes that come to the table, at most: a key that is there is never taken out
  /// @param reads what is read, as far as that is known before the append
  private record Need(long growth, List<@Nullable String> reads) {
    static Need of(Table table, Transaction transaction) {
      return new Need(table.growth(transaction), table.read(transaction));
    }
  }

  private Refusal full(long present, long growth) {
    return Refusal.of(
        ProblemType.NO_SPACE,
        "the table and what open transactions add to it have %d bytes, and %d more are above TABLE_MAX_BYTES=%d"
            .formatted(present, growth, maxBytes),
        Map.of("reason", "TABLE_FULL", "table_bytes", present, "max_bytes", maxBytes));
  }

  public synchronized void giveBack(long bytes) {
    reservedBytes -= bytes;
  }

  /// Somebody waits for what the transaction at `index` reads, until [#forget]. Never blocks.
  public void expect(long index) {
    results.expect(index);
  }

  public void forget(long index) {
    results.forget(index);
  }

  /// Whether somebody waits for what any transaction reads.
  public boolean isExpecting() {
    return results.isExpecting();
  }

  /// What the transaction at `index`, which this node shows, has read; null when that is not known
  /// any more, or not in time.
  public @Nullable List<@Nullable String> resultOf(long index) throws InterruptedException {
    return await(index) == Waited.REACHED ? results.find(index) : null;
  }

  @Override
  public void stopFirst() {
    held.close();
    changed.close();
  }
}
