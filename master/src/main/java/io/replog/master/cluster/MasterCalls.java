package io.replog.master.cluster;

import io.replog.node.loop.PendingCalls;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.AdoptOutcome;
import io.replog.replication.master.MemberOutcome;
import io.replog.replication.master.Taken;
import java.util.concurrent.atomic.AtomicLong;

/// The calls that wait for the core, of every kind, numbered together.
public final class MasterCalls {

  /// Answer to a wait.
  ///
  /// @param acks nodes that hold the entry durably
  /// @param met whether those are as many as were asked for
  public record Holders(int acks, boolean met) {}

  private final AtomicLong numbers = new AtomicLong();
  private final PendingCalls<AddOutcome> adds = new PendingCalls<>(numbers);
  private final PendingCalls<Taken> bulks = new PendingCalls<>(numbers);
  private final PendingCalls<Holders> waits = new PendingCalls<>(numbers);
  private final PendingCalls<MemberOutcome> changes = new PendingCalls<>(numbers);
  private final PendingCalls<AdoptOutcome> adoptions = new PendingCalls<>(numbers);

  public PendingCalls<AddOutcome> adds() {
    return adds;
  }

  /// How far bulk adds come. Each has the number of a call of [#adds], which is answered later.
  public PendingCalls<Taken> bulks() {
    return bulks;
  }

  public PendingCalls<Holders> waits() {
    return waits;
  }

  /// Joins and leaves.
  public PendingCalls<MemberOutcome> changes() {
    return changes;
  }

  public PendingCalls<AdoptOutcome> adoptions() {
    return adoptions;
  }

  /// The core will answer nothing more: whoever still waits learns that the outcome is unknown.
  void abandon() {
    IllegalStateException ended = new IllegalStateException("the core has ended");
    adds.failAll(ended);
    bulks.failAll(ended);
    waits.failAll(ended);
    adoptions.failAll(ended);
    changes.failAll(ended);
  }
}
