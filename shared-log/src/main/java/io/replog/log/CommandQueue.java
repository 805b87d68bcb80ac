package io.replog.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hands work to the log writer. The callers' admission keeps it short; the bounds here only catch
/// a caller that has none.
final class CommandQueue {

  static final int GROUP_BYTES = 1 << 20;
  static final int GROUP_ENTRIES = 4096;
  static final long MAX_BYTES = 256L << 20;
  static final int MAX_ENTRIES = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Command> commands = new ArrayDeque<>();
  private List<CompletableFuture<Void>> commitWaiters = new ArrayList<>();
  private long bytes;
  private int entries;

  /// Highest commit index asked to be persisted.
  private long commitIndex;

  /// Highest index asked to be released since the log writer last looked, 0 when none was.
  private long releaseThrough;

  private boolean closing;
  private boolean failed;

  /// What the log writer has to do now.
  ///
  /// @param releaseThrough what is up to it may be deleted, 0 for nothing
  /// @param commitWaiters complete when `commitIndex` is on disk; without any, there is no hurry
  record Work(
      List<Command> commands,
      long commitIndex,
      long releaseThrough,
      List<CompletableFuture<Void>> commitWaiters,
      boolean closing) {

    boolean isIdle() {
      return commands.isEmpty() && commitWaiters.isEmpty() && releaseThrough == 0;
    }
  }

  /// @throws IllegalStateException if the log is closed, has failed, or the queue is beyond its
  ///   bounds
  void offer(Command command) {
    lock.lock();
    try {
      requireOpen();
      if (bytes + command.bytes() > MAX_BYTES || entries + command.entryCount() > MAX_ENTRIES) {
        throw new IllegalStateException(
            "more is waiting for the disk than was ever to be admitted");
      }
      commands.add(command);
      bytes += command.bytes();
      entries += command.entryCount();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<Void> offerCommit(long index) {
    CompletableFuture<Void> persisted = new CompletableFuture<>();
    lock.lock();
    try {
      requireOpen();
      commitIndex = Math.max(commitIndex, index);
      commitWaiters.add(persisted);
      changed.signal();
      return persisted;
    } finally {
      lock.unlock();
    }
  }

  /// Asks for room: everything up to `index` may be deleted. Goes before what waits for the disk,
  /// which may be full.
  void offerRelease(long index) {
    lock.lock();
    try {
      releaseThrough = Math.max(releaseThrough, index);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for work, at most so long; then takes one group of commands, or none when `take` is
  /// false.
  Work await(long nanos, boolean take) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!hasWork(take) && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<CompletableFuture<Void>> waiters = commitWaiters;
      commitWaiters = new ArrayList<>();
      long release = releaseThrough;
      releaseThrough = 0;
      return new Work(take ? takeGroup() : List.of(), commitIndex, release, waiters, closing);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasWork(boolean take) {
    boolean hasCommands = take && !commands.isEmpty();
    return hasCommands || !commitWaiters.isEmpty() || releaseThrough > 0 || closing;
  }

  /// Nothing more comes; what is there will still be done.
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be done.
  void fail(Exception cause) {
    lock.lock();
    try {
      failed = true;
      commands.clear();
      commitWaiters.forEach(waiter -> waiter.completeExceptionally(cause));
      commitWaiters.clear();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (failed) {
      throw new LogFailedException(null);
    }
    if (closing) {
      throw new IllegalStateException("the log is closed");
    }
  }

  private List<Command> takeGroup() {
    List<Command> group = new ArrayList<>();
    long groupBytes = 0;
    int groupEntries = 0;
    while (!commands.isEmpty() && groupBytes < GROUP_BYTES && groupEntries < GROUP_ENTRIES) {
      Command command = commands.remove();
      groupBytes += command.bytes();
      groupEntries += command.entryCount();
      group.add(command);
    }
    bytes -= groupBytes;
    entries -= groupEntries;
    return group;
  }

  static final long FOR_EVER = TimeUnit.DAYS.toNanos(365);
}
