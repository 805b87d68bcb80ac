package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import java.util.List;

/// Puts the batches of the promised master into the order of the log: what is held already is
/// compared and skipped, what comes next is accepted, what is ahead of a gap waits for a moment.
///
/// Nothing is ever overwritten: other bytes at an index held make the follower diverge.
final class Batches {

  /// Bytes of text accepted but not durable at most. A master sends half of it at once.
  private static final long MAX_PENDING_BYTES = 128L << 20;

  private final OwnLog log;
  private final Claim claim;
  private final Faults faults;
  private final HeldBatches held;
  private final Replies replies;
  private final Effects effects;

  Batches(
      OwnLog log, Claim claim, Faults faults, HeldBatches held, Replies replies, Effects effects) {
    this.log = log;
    this.claim = claim;
    this.faults = faults;
    this.held = held;
    this.replies = replies;
    this.effects = effects;
  }

  /// Takes a batch of the promised master, and then those that waited for it.
  void take(long call, ReplicateRequest request, long now) {
    if (faults.divergence() != null) {
      replies.refuse(call, RefusalReason.DIVERGED, faults.divergence());
    } else if (request.previous().index() > log.acceptedIndex()) {
      holdAhead(call, request, now);
    } else {
      place(call, request, now);
      takeHeld(now);
    }
  }

  /// Refuses the batches whose predecessor did not come in time.
  void expire(long now) {
    for (HeldBatches.Held late; (late = held.pollExpired(now)) != null; ) {
      refuseGap(late.call());
    }
  }

  /// Forgets what is delayed or held and ends every call that waits: refused, or unknown where the
  /// entries were handed to the log already.
  void dropAll(RefusalReason reason, String detail) {
    log.dropDelayed();
    if (log.acceptedIndex() == 0) {
      replies.holdsNothing();
    }
    for (HeldBatches.Held each; (each = held.pollAny()) != null; ) {
      replies.refuse(each.call(), reason, detail);
    }
    replies.dismissWaiting(reason, detail);
  }

  private void takeHeld(long now) {
    for (HeldBatches.Held next; (next = held.pollReady(log.acceptedIndex())) != null; ) {
      place(next.call(), next.request(), now);
    }
  }

  /// A probe ahead of a gap is refused at once: no batch can come that would need it.
  private void holdAhead(long call, ReplicateRequest request, long now) {
    if (request.entries().isEmpty() || !held.hold(call, request, now)) {
      refuseGap(call);
      return;
    }
    effects.happened(
        new FollowerEvent.HeldAhead(request.previous().index() + 1, log.acceptedIndex() + 1));
  }

  private void refuseGap(long call) {
    replies.refuse(call, RefusalReason.GAP, "the next entry here is #" + (log.acceptedIndex() + 1));
  }

  private void place(long call, ReplicateRequest request, long now) {
    Position previous = request.previous();
    if (faults.divergence() != null) {
      replies.refuse(call, RefusalReason.DIVERGED, faults.divergence());
    } else if (!epochsRise(request)) {
      replies.refuse(call, RefusalReason.DIVERGED, "the epochs in the batch do not rise");
    } else if (!log.positionAt(previous.index()).equals(previous)) {
      diverge(call, previous.index());
    } else {
      placeBehind(call, request, WireEntry.placeBehind(previous, request.entries()), now);
    }
  }

  private void placeBehind(long call, ReplicateRequest request, List<Entry> placed, long now) {
    long previousIndex = request.previous().index();
    long lastIndex = previousIndex + placed.size();
    int known = (int) (Math.min(lastIndex, log.acceptedIndex()) - previousIndex);
    if (known > 0 && !isKnown(placed.get(known - 1))) {
      diverge(call, previousIndex + known);
    } else if (Math.max(claim.masterIndex(), lastIndex) < log.acceptedIndex()) {
      replies.refuse(call, RefusalReason.DIVERGED, beyondMaster());
    } else {
      accept(call, request, placed.subList(known, placed.size()), now);
    }
  }

  private void accept(long call, ReplicateRequest request, List<Entry> fresh, long now) {
    long firstIndex = request.previous().index() + 1;
    long lastIndex = request.previous().index() + request.entries().size();
    if (!fresh.isEmpty()) {
      if (faults.isFull()) {
        replies.refuse(call, RefusalReason.FULL, "no space is left on the disk");
        return;
      }
      if (log.pendingBytes() >= MAX_PENDING_BYTES) {
        refuseGap(call);
        return;
      }
      replies.holds(request.logId());
      log.accept(fresh, now);
      effects.happened(
          new FollowerEvent.Received(fresh.getFirst().index(), lastIndex, log.delayNanos()));
    } else if (!request.entries().isEmpty()) {
      effects.happened(new FollowerEvent.Skipped(firstIndex, lastIndex));
    }
    claim.prove(lastIndex);
    replies.acceptWhenDurable(call, request.entries().isEmpty() ? 0 : lastIndex);
  }

  private boolean isKnown(Entry entry) {
    return log.positionAt(entry.index()).equals(entry.position());
  }

  private void diverge(long call, long index) {
    String what = "this node holds other entries than the master up to #" + index;
    faults.diverge(what);
    replies.refuse(call, RefusalReason.DIVERGED, what);
    dropAll(RefusalReason.DIVERGED, what);
  }

  private String beyondMaster() {
    return "this node holds "
        + (log.acceptedIndex() - claim.masterIndex())
        + " entries beyond the master's #"
        + claim.masterIndex();
  }

  private static boolean epochsRise(ReplicateRequest request) {
    long epoch = request.previous().epoch();
    for (WireEntry entry : request.entries()) {
      if (entry.epoch() < epoch) {
        return false;
      }
      epoch = entry.epoch();
    }
    return epoch <= request.epoch();
  }
}
