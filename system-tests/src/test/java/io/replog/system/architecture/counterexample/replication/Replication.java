package io.replog.system.architecture.counterexample.replication;

import io.replog.system.architecture.counterexample.log.Log;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;

/// Breaches in the state machines.
public final class Replication {

  private Replication() {}

  record SeesLog(Log log) {}

  record TakesLock(Lock lock) {}

  record WaitsForFuture(CompletableFuture<Long> index) {}

  record AsksClock(Clock clock) {}

  record OpensSocket(Socket socket) {}

  static class StartsThread {
    void start(Runnable work) {
      Thread.ofVirtual().start(work);
    }
  }

  static class AsksInstant {
    Instant ask() {
      return Instant.now();
    }
  }

  static class OpensFile {
    byte[] read(Path file) throws IOException {
      return Files.readAllBytes(file);
    }
  }

  static class AsksNanoTime {
    long ask() {
      return System.nanoTime();
    }
  }

  static class AsksWallClock {
    long ask() {
      return System.currentTimeMillis();
    }
  }

  static class DrawsIdentifier {
    UUID draw() {
      return UUID.randomUUID();
    }
  }

  static class DrawsChance {
    int draw() {
      return new Random().nextInt();
    }
  }
}
