package io.replog.follower.feed;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.LogView;
import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerCore;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerSettings;
import io.replog.replication.follower.FollowerView;
import io.replog.replication.follower.RecoveredFollower;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The real core of a follower over a disk in memory that does everything at once and forgets
/// nothing but, after a crash, what was not persisted.
final class MemoryCore implements FedCore, LogView {

  private final List<Entry> entries = new ArrayList<>();
  private final List<Long> versions = new ArrayList<>();
  private final Map<Long, FollowerAnswer> answers = new HashMap<>();
  private final Queue<FollowerInput> results = new ArrayDeque<>();
  private Position base = Position.START;
  private @Nullable Promise promise;
  private long persistedCommit;
  private long calls;
  private Runnable whenCommitted = () -> {};
  private FollowerCore core = newCore();

  private FollowerCore newCore() {
    FollowerSettings settings =
        FollowerSettings.defaults("layer-1-1", "replog", "i", "new", FsyncMode.ALWAYS, 0);
    String logId = promise == null ? null : promise.logId();
    return new FollowerCore(
        settings,
        new RecoveredFollower(end(), persistedCommit, promise, logId, List.of()),
        this,
        0);
  }

  private Position end() {
    return entries.isEmpty() ? base : entries.getLast().position();
  }

  /// SIGKILL and a start: what is on disk stays.
  void crash() {
    core = newCore();
  }

  /// Every commit index that this node has had, in order: what readers may have seen.
  List<Long> versions() {
    return versions;
  }

  /// What to do at each new commit index.
  void whenCommitted(Runnable action) {
    whenCommitted = action;
  }

  List<String> texts() {
    return entries.stream().map(Entry::text).toList();
  }

  @Override
  public FollowerView view() {
    return core.view(0);
  }

  @Override
  public FollowerAnswer call(LongFunction<FollowerInput> input) {
    long call = ++calls;
    step(input.apply(call));
    return answers.remove(call);
  }

  private void step(FollowerInput first) {
    results.add(first);
    for (FollowerInput next; (next = results.poll()) != null; ) {
      core.step(next, 0).forEach(this::perform);
    }
  }

  private void perform(FollowerEffect effect) {
    switch (effect) {
      case FollowerEffect.Write(_, List<Entry> written) -> {
        entries.addAll(written);
        results.add(new FollowerInput.Durable(written.getLast().index()));
      }
      case FollowerEffect.PersistPromise(Promise wanted) -> {
        promise = wanted;
        results.add(new FollowerInput.PromisePersisted(wanted));
      }
      case FollowerEffect.Begin(_, Position wanted) -> {
        base = wanted;
        results.add(new FollowerInput.Durable(wanted.index()));
      }
      case FollowerEffect.PersistCommit(long index) -> {
        persistedCommit = index;
        versions.add(index);
        whenCommitted.run();
      }
      case FollowerEffect.Answer(long call, FollowerAnswer answer) -> answers.put(call, answer);
      case FollowerEffect.Release _, FollowerEffect.Happened _ -> {}
    }
  }

  @Override
  public Position base() {
    return base;
  }

  @Override
  public Position positionAt(long index) {
    return index == base.index() ? base : entryAt(index).position();
  }

  @Override
  public Entry entryAt(long index) {
    return entries.get((int) (index - base.index() - 1));
  }
}
