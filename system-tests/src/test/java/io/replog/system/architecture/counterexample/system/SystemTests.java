package io.replog.system.architecture.counterexample.system;

import io.replog.system.architecture.counterexample.master.Master;

/// Breaches in the system tests.
public final class SystemTests {

  private SystemTests() {}

  record SeesMaster(Master master) {}
}
