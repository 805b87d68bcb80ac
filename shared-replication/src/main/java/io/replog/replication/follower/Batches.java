package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the batches of the promised master into the order of the log: what is held already is
/// compared and skipped, what comes next is accepted, what is ahead of a gap waits for a moment.
///
/// What repeats a part of the log that may be released by now is not compared: the answer says
/// where this node stands, and proves it.
///
/// Nothing is ever overwritten: other bytes at an index held make the follower diverge. Of a batch
/// that fills a hole and reaches beyond it, the part up to the end of the hole is accepted; the
/// rest waits until the chain has joined, and is then compared and skipped like anything held.
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
    } else if (request.previous().index() < 0) {
      replies.refuse(call, RefusalReason.DIVERGED, "no log has an index below 0");
    } else if (mayBeginBehind(request.previous())) {
      beginBehind(call, request, now);
    } else if (request.previous().index() > log.acceptedIndex()) {
      holdAhead(call, request, now);
    } else {
      place(call, request, now);
      takeHeld(now);
    }
  }

  /// Whether nothing was ever held here, and `previous` is the last entry that nobody keeps.
  private boolean mayBeginBehind(Position previous) {
    boolean isEmpty = log.acceptedIndex() == 0 && log.holes().isEmpty();
    return isEmpty && previous.index() > 0 && previous.index() + 1 == claim.firstIndex();
  }

  private void beginBehind(long call, ReplicateRequest request, long now) {
    Position base = request.previous();
    replies.holds(request.logId());
    log.beginBehind(base);
    claim.prove(base.index());
    effects.add(new FollowerEffect.Begin(request.logId(), base));
    place(call, request, now);
    takeHeld(now);
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
    if (log.acceptedIndex() == 0 && log.holes().isEmpty()) {
      replies.holdsNothing();
    }
    for (HeldBatches.Held each; (each = held.pollAny()) != null; ) {
      replies.refuse(each.call(), reason, detail);
    }
    replies.dismissWaiting(reason, detail);
  }

  /// Takes the batches whose predecessor is there now.
  void takeHeld(long now) {
    for (HeldBatches.Held next; (next = pollReady()) != null; ) {
      place(next.call(), next.request(), now);
    }
  }

  private HeldBatches.@Nullable Held pollReady() {
    return log.awaitsJoin() ? null : held.pollReady(log.acceptedIndex());
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
    } else if (previous.index() < log.releasedIndex()) {
      acceptRepeated(call, request);
    } else if (!log.positionAt(previous.index()).equals(previous)) {
      diverge(call, previous.index());
    } else {
      placeBehind(call, request, WireEntry.placeBehind(previous, request.entries()), now);
    }
  }

  private void acceptRepeated(long call, ReplicateRequest request) {
    if (request.previous().index() + request.entries().size() <= log.durableIndex()) {
      replies.accept(call);
    } else {
      refuseGap(call);
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
    } else if (lastIndex > log.holes().lastWritableIndex()) {
      fill(call, request, placed.subList(known, placed.size()), now);
    } else {
      accept(call, request, placed.subList(known, placed.size()), now);
    }
  }

  /// Takes what a hole lacks and holds the rest until the chain has joined.
  private void fill(long call, ReplicateRequest request, List<Entry> fresh, long now) {
    if (faults.isFull()) {
      refuseFull(call);
      return;
    }
    int missing = (int) (log.holes().lastWritableIndex() - log.acceptedIndex());
    if (missing > 0) {
      List<Entry> filling = fresh.subList(0, missing);
      replies.holds(request.logId());
      log.accept(filling, now);
      claim.prove(filling.getLast().index());
      effects.happened(
          new FollowerEvent.Received(filling.getFirst().index(), filling.getLast().index(), 0));
    }
    if (!held.hold(call, rest(request, log.accepted()), now)) {
      replies.unknown(
          call, "what is missing here is being filled in, the rest is to be sent again");
    }
  }

  /// The part of a batch behind `previous`, which lies inside of it.
  private static ReplicateRequest rest(ReplicateRequest request, Position previous) {
    int skipped = (int) (previous.index() - request.previous().index());
    return new ReplicateRequest(
        request.clusterId(),
        request.logId(),
        request.epoch(),
        request.startId(),
        previous,
        request.entries().subList(skipped, request.entries().size()),
        request.durableIndex(),
        request.commitIndex());
  }

  private void accept(long call, ReplicateRequest request, List<Entry> fresh, long now) {
    long firstIndex = request.previous().index() + 1;
    long lastIndex = request.previous().index() + request.entries().size();
    if (!fresh.isEmpty()) {
      if (faults.isFull()) {
        refuseFull(call);
        return;
      }
      if (log.pendingBytes() >= MAX_PENDING_BYTES) {
        refuseGap(call);
        return;
      }
      replies.holds(request.logId());
      log.accept(fresh, now);
      effects.happened(
          new FollowerEvent.Received(
              fresh.getFirst().index(), lastIndex, log.delayOfArrivalsNanos()));
    } else if (!request.entries().isEmpty()) {
      effects.happened(new FollowerEvent.Skipped(firstIndex, lastIndex));
    }
    claim.prove(lastIndex);
    replies.acceptWhenDurable(
        call, Math.max(log.baseIndex(), request.entries().isEmpty() ? 0 : lastIndex), now);
  }

  private void refuseFull(long call) {
    replies.refuse(call, RefusalReason.FULL, "no space is left on the disk");
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
