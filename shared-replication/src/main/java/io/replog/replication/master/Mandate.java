package io.replog.replication.master;

import static io.replog.replication.BrokenInvariantException.check;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// In whose name this master acts: which log, which epoch, in which phase, and why it cannot do
/// more.
///
/// Invariant: epoch and log are set before the phase becomes SERVING and never change afterwards.
final class Mandate {

  private final Effects effects;
  private MasterPhase phase;

  /// The log that is complete here, null when there is none.
  private @Nullable String logId;

  /// 0 until the promise of this process is on disk.
  private long epoch;

  /// Why adds are refused, for people; null while SERVING.
  private @Nullable String why;

  /// What the start lacks if that is nothing but a majority, else null.
  private AddOutcome.@Nullable Shortage shortage;

  /// What is answered to adds once this master has stopped.
  private AddOutcome.AddRefusal refusalOfStopped = AddOutcome.AddRefusal.STOPPING;

  Mandate(MasterPhase phase, @Nullable String logId, String why, Effects effects) {
    this.phase = phase;
    this.logId = logId;
    this.why = why;
    this.effects = effects;
  }

  void become(MasterPhase next, @Nullable String reason) {
    boolean news = next != phase || (reason != null && !reason.equals(why));
    MasterPhase before = phase;
    why = reason;
    shortage = null;
    phase = next;
    if (news) {
      effects.happened(new MasterEvent.PhaseChanged(before, next, reason));
    }
  }

  /// Says anew why the phase is still the same.
  void explain(String reason) {
    become(phase, reason);
  }

  void waitForMajority(String reason, AddOutcome.Shortage lack) {
    become(phase, reason);
    shortage = lack;
  }

  /// Begins to serve: the promise is on disk.
  void serve(long newEpoch, String newLogId) {
    check(newEpoch > epoch, "the epoch of a master falls");
    epoch = newEpoch;
    logId = newLogId;
    become(MasterPhase.SERVING, null);
  }

  void damaged(String what) {
    refusalOfStopped = AddOutcome.AddRefusal.CORRUPT;
    become(MasterPhase.STOPPED, what);
  }

  void logFailed(String error) {
    refusalOfStopped = AddOutcome.AddRefusal.LOG_FAILED;
    become(MasterPhase.STOPPED, "the log of this node has failed: " + error);
  }

  /// Why nothing can be appended in this phase, null while SERVING.
  AddOutcome.@Nullable AddRefusal refusal() {
    return switch (phase) {
      case SERVING -> null;
      case STARTING ->
          shortage == null ? AddOutcome.AddRefusal.STARTING : AddOutcome.AddRefusal.NO_QUORUM;
      case NO_LOG, ADOPTING -> AddOutcome.AddRefusal.NO_LOG;
      case FENCED -> AddOutcome.AddRefusal.FENCED;
      case CORRUPT -> AddOutcome.AddRefusal.CORRUPT;
      case STOPPED -> refusalOfStopped;
    };
  }

  AddOutcome.@Nullable Shortage shortage() {
    return shortage;
  }

  MasterPhase phase() {
    return phase;
  }

  boolean isServing() {
    return phase == MasterPhase.SERVING;
  }

  boolean isStopped() {
    return phase == MasterPhase.STOPPED;
  }

  @Nullable String why() {
    return why;
  }

  @Nullable String logId() {
    return logId;
  }

  String requireLogId() {
    return Objects.requireNonNull(logId, "a master without a log sends nothing");
  }

  long epoch() {
    return epoch;
  }
}
