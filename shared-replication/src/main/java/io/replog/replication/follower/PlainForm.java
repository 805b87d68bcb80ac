package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.RefusalReason;
import java.util.List;

/// Messages put by hand, each with its index, on a follower that no master has claimed.
final class PlainForm {

  private final FollowerSettings settings;
  private final OwnLog log;
  private final Faults faults;
  private final HeldMessages held;
  private final Replies replies;

  PlainForm(
      FollowerSettings settings, OwnLog log, Faults faults, HeldMessages held, Replies replies) {
    this.settings = settings;
    this.log = log;
    this.faults = faults;
    this.held = held;
    this.replies = replies;
  }

  void take(FollowerInput.Plain plain, long now) {
    long nextIndex = log.acceptedIndex() + 1;
    if (plain.index() < 1) {
      replies.refuse(plain.call(), RefusalReason.GAP, "the first index is 1");
    } else if (plain.index() < nextIndex) {
      repeat(plain, now);
    } else if (faults.isFull()) {
      replies.refuse(plain.call(), RefusalReason.FULL, "no space is left on the disk");
    } else if (plain.index() > nextIndex) {
      hold(plain);
    } else {
      append(plain.text(), plain.timestampMillis(), now);
      appendHeld(now);
      replies.acceptWhenDurable(plain.call(), plain.index(), now);
    }
  }

  private void repeat(FollowerInput.Plain plain, long now) {
    if (log.entryAt(plain.index()).text().equals(plain.text())) {
      replies.acceptWhenDurable(plain.call(), plain.index(), now);
    } else {
      refuseOther(plain);
    }
  }

  private void hold(FollowerInput.Plain plain) {
    HeldMessages.Held there = held.at(plain.index());
    if (there != null && !there.text().equals(plain.text())) {
      refuseOther(plain);
    } else if (there != null || held.hold(plain.index(), plain.text(), plain.timestampMillis())) {
      replies.held(plain.call());
    } else {
      replies.refuse(
          plain.call(),
          RefusalReason.GAP,
          "too much is held ahead of the gap, the next message here is #"
              + (log.acceptedIndex() + 1));
    }
  }

  private void append(String text, long timestampMillis, long now) {
    long last = log.acceptedIndex();
    long floor = last == 0 ? 0 : log.entryAt(last).timestampMillis();
    replies.holds(logId());
    Entry entry = Entry.after(log.accepted(), 0, Math.max(timestampMillis, floor), null, text);
    log.accept(List.of(entry), now);
  }

  private void appendHeld(long now) {
    for (HeldMessages.Held next; (next = held.poll(log.acceptedIndex() + 1)) != null; ) {
      append(next.text(), next.timestampMillis(), now);
    }
  }

  private void refuseOther(FollowerInput.Plain plain) {
    replies.refuse(
        plain.call(), RefusalReason.DIVERGED, "another message is held at #" + plain.index());
  }

  private String logId() {
    String heldLogId = replies.heldLogId();
    return heldLogId != null ? heldLogId : settings.newLogId();
  }
}
