package io.replog.master.cluster;

import io.replog.node.loop.CoreLoop;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import java.util.List;

/// The master's core as a loop drives it.
record MasterMachine(MasterCore core)
    implements CoreLoop.Machine<MasterInput, MasterEffect, MasterView> {

  @Override
  public List<MasterEffect> step(MasterInput input, long nowNanos) {
    return core.step(input, nowNanos);
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
