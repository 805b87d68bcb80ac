package io.replog.system.architecture.counterexample.benchmarks;

import io.replog.system.architecture.counterexample.master.Master;

/// Breaches in the benchmarks.
public final class Benchmarks {

  private Benchmarks() {}

  record SeesMaster(Master master) {}
}
