package io.replog.follower.core;

import io.replog.node.loop.CoreLoop;
import io.replog.replication.follower.FollowerCore;
import io.replog.replication.follower.FollowerEffect;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.util.List;

/// The follower's state machine as the loop sees it.
record FollowerMachine(FollowerCore core)
    implements CoreLoop.Machine<FollowerInput, FollowerEffect, FollowerView> {

  @Override
  public List<FollowerEffect> step(FollowerInput input, long nowNanos) {
    return core.step(input, nowNanos);
  }

  @Override
  public long nextDeadlineNanos() {
    return core.nextDeadlineNanos();
  }

  @Override
  public FollowerView view(long nowNanos) {
    return core.view(nowNanos);
  }
}
