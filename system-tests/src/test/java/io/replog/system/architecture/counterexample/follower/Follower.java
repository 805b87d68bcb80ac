package io.replog.system.architecture.counterexample.follower;

import io.replog.system.architecture.counterexample.master.Master;

/// Breaches in the follower.
public final class Follower {

  private Follower() {}

  record SeesMaster(Master master) {}
}
