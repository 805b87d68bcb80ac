package io.replog.system.chaos;

import java.util.random.RandomGenerator;

/// Faults of the clients.
final class LoadFaults {

  private LoadFaults() {}

  static Fault storm(Arena arena, RandomGenerator random) {
    return new Fault() {
      @Override
      public String begin() {
        arena.workload().storm(true);
        return "retry storm";
      }

      @Override
      public void end() {
        arena.workload().storm(false);
      }
    };
  }

  static Fault overload(Arena arena, RandomGenerator random) {
    return new Fault() {
      @Override
      public String begin() {
        arena.workload().startCrowd();
        return "overload";
      }

      @Override
      public void end() {
        arena.workload().endCrowd();
      }
    };
  }
}
