package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.replication.Backoff;
import io.replog.replication.LogView;
import java.util.List;

/// The master's state machine. Owned by one thread, which feeds it one input at a time, carries out
/// the effects in order and calls it again at [#nextDeadlineNanos] at the latest.
public final class MasterCore {

  /// @param nowNanos time of creation on the same clock as every later `nowNanos`
  public MasterCore(
      MasterSettings settings,
      RecoveredMaster recovered,
      LogView log,
      Backoff backoff,
      long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// Puts one recovered entry into the idempotency table. Called for the last entries of the log,
  /// oldest first, before the first step.
  public void remember(Entry entry) {
    throw new UnsupportedOperationException();
  }

  /// Takes one input and says what to do.
  ///
  /// @param nowNanos monotonic time, never less than at the step before
  /// @throws io.replog.replication.BrokenInvariantException if state and input contradict each
  ///   other; the node must stop
  public List<MasterEffect> step(MasterInput input, long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// When [MasterInput.Tick] is due at the latest.
  public long nextDeadlineNanos() {
    throw new UnsupportedOperationException();
  }

  /// A picture of this moment.
  public MasterView view(long nowNanos) {
    throw new UnsupportedOperationException();
  }

  /// How many nodes are known to hold `index` durably, this one included.
  public int acksOf(long index) {
    throw new UnsupportedOperationException();
  }
}
