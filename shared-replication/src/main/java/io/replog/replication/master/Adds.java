package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.Utf8;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AddOutcome.Refused;
import java.util.List;

/// What becomes of an add: refused before anything is appended, recognised as a repetition, or
/// appended. A repetition appends nothing, so a full, overloaded or lonely master answers it too.
final class Adds {

  private final Mandate mandate;
  private final Admission admission;
  private final OwnLog log;
  private final IdempotencyTable keys;
  private final Calls calls;
  private final Effects effects;
  private final BulkAdds bulks;

  Adds(
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
    this.bulks = new BulkAdds(mandate, admission, log, keys, calls, effects);
  }

  void add(MasterInput.Add add, long now) {
    int nodes = admission.requiredNodes(add.concern());
    Refused refused = admission.refusalOf(nodes);
    if (refused != null) {
      refuse(add, refused);
      return;
    }
    Entry earlier = add.key() == null ? null : keys.find(add.key());
    if (earlier != null) {
      replay(add, nodes, earlier, now);
    } else {
      append(add, nodes, now);
    }
  }

  void addAll(MasterInput.AddAll bulk, long now) {
    bulks.add(bulk, now);
  }

  private void replay(MasterInput.Add add, int nodes, Entry earlier, long now) {
    if (earlier.kind() != add.kind() || !earlier.text().equals(add.text())) {
      refuse(add, keyReused(earlier));
      return;
    }
    effects.happened(new MasterEvent.Replayed(earlier.index(), add.call()));
    calls.enter(add.call(), earlier, nodes, add.timeoutNanos(), true, now);
  }

  private void append(MasterInput.Add add, int nodes, long now) {
    Refused refused = admission.refusalOfAppend();
    if (refused != null) {
      refuse(add, refused);
      return;
    }
    Entry entry =
        log.append(mandate.epoch(), add.timestampMillis(), add.kind(), add.key(), add.text(), now);
    keys.remember(entry);
    effects.add(new MasterEffect.Write(mandate.requireLogId(), List.of(entry)));
    effects.happened(
        new MasterEvent.Appended(
            entry.index(), add.call(), nodes, add.key(), Utf8.length(add.text())));
    calls.enter(add.call(), entry, nodes, add.timeoutNanos(), false, now);
  }

  static Refused keyReused(Entry earlier) {
    return new Refused(
        AddRefusal.KEY_REUSED,
        "the idempotency key was used for another text, which is message #" + earlier.index());
  }

  private void refuse(MasterInput.Add add, Refused refused) {
    effects.add(new MasterEffect.AnswerAdd(add.call(), refused));
  }
}
