package io.replog.system.architecture.counterexample.node;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.replog.system.architecture.counterexample.master.Master;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;

/// Breaches in the shell of a node.
public final class Node {

  private Node() {}

  record SeesMaster(Master master) {}

  record BreaksCircuits(CircuitBreaker breaker) {}

  static class ForcesFile {
    void force(FileChannel channel) throws IOException {
      channel.force(true);
    }
  }

  static class SleepsByThread {
    void sleep() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static class SleepsByTimeUnit {
    void sleep() throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
