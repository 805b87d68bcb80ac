package io.replog.master.cluster;

import io.replog.node.loop.CoreLoop;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.Taken;
import java.util.List;

/// The master's core as a loop drives it.
record MasterMachine(MasterCore core)
    implements CoreLoop.Machine<MasterInput, MasterEffect, MasterView> {

  private static final AddOutcome.Refused LATE =
      new AddOutcome.Refused(
          AddOutcome.AddRefusal.OVERLOADED,
          "the call has waited for the core for more than half a second; nothing was appended");

  @Override
  public List<MasterEffect> step(MasterInput input, long nowNanos) {
    return core.step(input, nowNanos);
  }

  /// Sheds load before anything is appended: an add that nobody has looked at for so long would
  /// only make those behind it late as well.
  @Override
  public List<MasterEffect> stepLate(MasterInput input, long nowNanos) {
    return switch (input) {
      case MasterInput.Add add -> List.of(new MasterEffect.AnswerAdd(add.call(), LATE));
      case MasterInput.AddAll bulk ->
          List.of(new MasterEffect.Took(bulk.call(), Taken.nothing(LATE)));
      default -> step(input, nowNanos);
    };
  }

  @Override
  public long nextDeadlineNanos() {
    return core.nextDeadlineNanos();
  }

  @Override
  public MasterView view(long nowNanos) {
    return core.view(nowNanos);
  }
}
