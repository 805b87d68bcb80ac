package io.replog.log;

import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A listener that remembers, and lets a test wait for what it hears.
final class Heard implements LogListener {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  final List<Promise> promises = new CopyOnWriteArrayList<>();
  final List<Integer> groups = new CopyOnWriteArrayList<>();
  private volatile long durable;
  private volatile long released;
  private volatile boolean full;
  private volatile @Nullable IOException failure;
  private volatile @Nullable Hole apart;

  long durableIndex() {
    return durable;
  }

  @Nullable IOException failure() {
    return failure;
  }

  /// Returns when everything up to `index` is durable.
  void awaitDurable(long index) {
    await(() -> durable >= index, "durable index " + index);
  }

  /// Returns when everything up to `index` is durable or the log has failed.
  void awaitDurableOrFailure(long index) {
    await(() -> durable >= index || failure != null, "durable index " + index + " or failure");
  }

  /// Returns when everything up to `index` is durable, what fills a hole does not join, or the log
  /// has failed.
  void awaitJoined(long index) {
    await(() -> durable >= index || apart != null || failure != null, "joined up to " + index);
  }

  /// The hole of which the filling does not join, or null.
  @Nullable Hole apart() {
    return apart;
  }

  /// Returns when everything up to `index` is released.
  void awaitReleased(long index) {
    await(() -> released >= index, "release up to " + index);
  }

  void awaitReleasedOrFailure(long index) {
    await(() -> released >= index || failure != null, "release up to " + index + " or failure");
  }

  void awaitFailure() {
    await(() -> failure != null, "failure");
  }

  void awaitFull(boolean wanted) {
    await(() -> full == wanted, "full = " + wanted);
  }

  void awaitPromises(int count) {
    await(() -> promises.size() >= count, count + " promises");
  }

  @Override
  public void durable(long index) {
    tell(() -> durable = index);
  }

  @Override
  public void promisePersisted(Promise promise) {
    tell(() -> promises.add(promise));
  }

  @Override
  public void failed(IOException cause) {
    tell(() -> failure = cause);
  }

  @Override
  public void doesNotJoin(Hole hole, String reason) {
    tell(() -> apart = hole);
  }

  @Override
  public void released(Position base) {
    tell(() -> released = base.index());
  }

  @Override
  public void forced(int entries, long bytes, long nanos) {
    groups.add(entries);
  }

  @Override
  public void full(boolean now) {
    tell(() -> full = now);
  }

  private void tell(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition, String what) {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what + ", failure: " + failure);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    } finally {
      lock.unlock();
    }
  }
}
