package io.replog.benchmarks.micro;

import io.replog.model.Entry;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.Standing;
import io.replog.model.WriteConcern;
import io.replog.replication.LogView;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterSettings;
import io.replog.replication.master.RecoveredMaster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A master's state machine whose effects are carried out at once: whatever is written is durable,
/// whatever is sent is acknowledged.
final class InstantCluster {

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int ATTEMPTS = 100;

  /// How far back an entry may be asked for.
  private static final int HELD = 1 << 14;

  private final MasterCore core;
  private final Entry[] held = new Entry[HELD];
  private final ArrayDeque<MasterInput> inputs = new ArrayDeque<>();
  private final List<MasterEffect.Send> sends = new ArrayList<>();
  private Position end = Position.START;
  private @Nullable String logId;
  private long epoch;
  private long nowNanos;
  private long calls;
  private long answers;

  InstantCluster(MasterSettings settings) {
    RecoveredMaster empty =
        new RecoveredMaster(Position.START, 0, null, null, null, null, List.of(), null);
    core = new MasterCore(settings, empty, new HeldEntries(), _ -> SECOND_NANOS, 0);
    for (int attempt = 0; attempt < ATTEMPTS && !core.view(nowNanos).writable(); attempt++) {
      nowNanos += SECOND_NANOS;
      inputs.add(new MasterInput.Tick());
      settle();
    }
    if (!core.view(nowNanos).writable()) {
      throw new IllegalStateException("the master does not begin: " + core.view(nowNanos));
    }
  }

  void add(String text, int requiredNodes) {
    inputs.add(
        new MasterInput.Add(++calls, null, text, new WriteConcern.Count(requiredNodes), 1, 0));
  }

  /// Goes on until nothing is left to do.
  ///
  /// @return how many adds have been answered since the start
  /// @throws IllegalStateException when one was not
  long settle() {
    while (!inputs.isEmpty() || !sends.isEmpty()) {
      while (!inputs.isEmpty()) {
        core.step(inputs.poll(), nowNanos).forEach(this::perform);
      }
      sends.forEach(this::deliver);
      sends.clear();
    }
    if (answers != calls) {
      throw new IllegalStateException("%d of %d answered".formatted(answers, calls));
    }
    return answers;
  }

  private void perform(MasterEffect effect) {
    switch (effect) {
      case MasterEffect.Write write -> write(write);
      case MasterEffect.PersistPromise pledge -> {
        epoch = pledge.promise().epoch();
        logId = pledge.promise().logId();
        inputs.add(new MasterInput.PromisePersisted(pledge.promise()));
      }
      case MasterEffect.Send send -> sends.add(send);
      case MasterEffect.Beat beat ->
          inputs.add(
              new MasterInput.HeartbeatAnswered(
                  beat.follower(), beat.beat(), standing(beat.follower(), Position.START)));
      case MasterEffect.AnswerAdd _ -> answers++;
      default -> {
        // nobody is there to notice
      }
    }
  }

  private void write(MasterEffect.Write write) {
    for (Entry entry : write.entries()) {
      held[(int) (entry.index() % HELD)] = entry;
    }
    end = write.entries().getLast().position();
    inputs.add(new MasterInput.Durable(end.index()));
  }

  private void deliver(MasterEffect.Send send) {
    long last = Math.min(send.upTo(), send.previous().index() + send.maxEntries());
    Position reached = last <= send.previous().index() ? send.previous() : at(last);
    inputs.add(
        new MasterInput.BatchSent(
            send.follower(),
            send.batch(),
            reached.index(),
            (reached.index() - send.previous().index()) * Samples.TEXT.length()));
    inputs.add(
        new MasterInput.Acknowledged(
            send.follower(), send.batch(), standing(send.follower(), reached)));
  }

  private Standing standing(String follower, Position position) {
    return new Standing(
        follower, follower, logId, epoch, position, 0, FsyncMode.ALWAYS, null, null);
  }

  private Position at(long index) {
    return index == 0 ? Position.START : held[(int) (index % HELD)].position();
  }

  private final class HeldEntries implements LogView {
    @Override
    public Position positionAt(long index) {
      return at(index);
    }

    @Override
    public Entry entryAt(long index) {
      return held[(int) (index % HELD)];
    }
  }
}
