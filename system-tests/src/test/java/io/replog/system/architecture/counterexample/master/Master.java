package io.replog.system.architecture.counterexample.master;

import io.replog.system.architecture.counterexample.follower.Follower;

/// Breaches in the master.
public final class Master {

  private Master() {}

  record SeesFollower(Follower follower) {}
}
