package io.replog.system.architecture.counterexample.table;

import io.replog.system.architecture.counterexample.log.Log;
import java.util.concurrent.locks.ReentrantLock;

/// Breaches in the table.
public final class Table {

  private Table() {}

  record SeesLog(Log log) {}

  static class TakesLock {
    private final ReentrantLock lock = new ReentrantLock();

    void take() {
      lock.lock();
    }
  }
}
