package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.replication.master.AddOutcome.Refused;
import io.replog.replication.master.MasterInput.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of messages that come together: each is refused, recognised or appended as if it
/// came alone, in their order, up to the first that is refused. One write and one waiter for all.
final class BulkAdds {

  private final Mandate mandate;
  private final Admission admission;
  private final OwnLog log;
  private final IdempotencyTable keys;
  private final Calls calls;
  private final Effects effects;

  BulkAdds(
      Mandate mandate,
      Admission admission,
      OwnLog log,
      IdempotencyTable keys,
      Calls calls,
      Effects effects) {
    this.mandate = mandate;
    this.admission = admission;
    this.log = log;
    this.keys = keys;
    this.calls = calls;
    this.effects = effects;
  }

  void add(MasterInput.AddAll bulk, long now) {
    Progress progress = new Progress(bulk.messages().size());
    int nodes = admission.requiredNodes(bulk.concern());
    Refused stopped = admission.refusalOf(nodes);
    for (Message message : bulk.messages()) {
      stopped = stopped == null ? take(message, bulk, progress, now) : stopped;
      if (stopped != null) {
        break;
      }
    }
    write(bulk, nodes, progress.appended);
    effects.add(new MasterEffect.Took(bulk.call(), progress.taken(stopped)));
    if (progress.last != null) {
      calls.enter(
          bulk.call(), progress.last, nodes, bulk.timeoutNanos(), progress.appended.isEmpty(), now);
    }
  }

  /// Returns why it is refused, null when it is taken.
  private @Nullable Refused take(
      Message message, MasterInput.AddAll bulk, Progress progress, long now) {
    Entry earlier = message.key() == null ? null : keys.find(message.key());
    if (earlier != null) {
      return replay(message, bulk, earlier, progress);
    }
    Refused refused = admission.refusalOfBulk();
    if (refused == null) {
      Entry entry =
          log.append(
              mandate.epoch(),
              bulk.timestampMillis(),
              EntryKind.MESSAGE,
              message.key(),
              message.text(),
              now);
      keys.remember(entry);
      progress.appended(entry);
    }
    return refused;
  }

  private @Nullable Refused replay(
      Message message, MasterInput.AddAll bulk, Entry earlier, Progress progress) {
    if (earlier.kind() != EntryKind.MESSAGE || !earlier.text().equals(message.text())) {
      return Adds.keyReused(earlier);
    }
    effects.happened(new MasterEvent.Replayed(earlier.index(), bulk.call()));
    progress.replayed(earlier);
    return null;
  }

  private void write(MasterInput.AddAll bulk, int nodes, List<Entry> appended) {
    if (!appended.isEmpty()) {
      effects.add(new MasterEffect.Write(mandate.requireLogId(), appended));
      effects.happened(
          new MasterEvent.AppendedAll(
              appended.getFirst().index(), appended.getLast().index(), bulk.call(), nodes));
    }
  }

  /// How far the bulk add has come.
  private static final class Progress {

    final List<Entry> appended;
    private int replayed;
    private long firstIndex = Long.MAX_VALUE;

    /// The entry with the highest index; null before the first.
    @Nullable Entry last;

    Progress(int messages) {
      appended = new ArrayList<>(messages);
    }

    void appended(Entry entry) {
      appended.add(entry);
      note(entry);
    }

    void replayed(Entry entry) {
      replayed++;
      note(entry);
    }

    Taken taken(@Nullable Refused stopped) {
      return last == null
          ? new Taken(0, 0, 0, 0, stopped)
          : new Taken(appended.size() + replayed, replayed, firstIndex, last.index(), stopped);
    }

    private void note(Entry entry) {
      firstIndex = Math.min(firstIndex, entry.index());
      last = last == null || entry.index() > last.index() ? entry : last;
    }
  }
}
