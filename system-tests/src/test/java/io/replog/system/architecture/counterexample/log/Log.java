package io.replog.system.architecture.counterexample.log;

import io.replog.system.architecture.counterexample.replication.Replication;
import org.assertj.core.api.Assertions;

/// Breaches in the log.
public final class Log {

  private Log() {}

  record SeesReplication(Replication replication) {}

  static class UsesForeignLibrary {
    void use() {
      Assertions.assertThat(1).isPositive();
    }
  }

  static class Prints {
    void print() {
      System.out.println("written");
    }
  }
}
