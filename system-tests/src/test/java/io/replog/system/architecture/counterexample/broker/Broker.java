package io.replog.system.architecture.counterexample.broker;

import io.replog.system.architecture.counterexample.follower.Follower;

/// Breaches in what speaks to the broker.
public final class Broker {

  private Broker() {}

  record SeesFollower(Follower follower) {}
}
