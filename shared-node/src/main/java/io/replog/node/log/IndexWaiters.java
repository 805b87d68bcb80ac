package io.replog.node.log;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Threads that wait until something has grown to an index. Nobody polls: whoever raises the index
/// wakes exactly those whose index is reached.
///
/// The lock is held for map operations only; futures are completed outside of it.
public final class IndexWaiters {

  private final int maxWaiters;

  /// Waiters by the index that they wait for; those of one index share a future.
  private final NavigableMap<Long, Group> groups = new TreeMap<>();

  private long reached;
  private int waiters;
  private boolean closed;

  private static final class Group {
    final CompletableFuture<NodeLog.Waited> woken = new CompletableFuture<>();
    int size;
  }

  /// @param maxWaiters more are refused
  public IndexWaiters(long reached, int maxWaiters) {
    this.reached = reached;
    this.maxWaiters = maxWaiters;
  }

  /// The index is at least this now; lower values change nothing.
  public void raise(long index) {
    List<Group> ready;
    synchronized (this) {
      if (index <= reached) {
        return;
      }
      reached = index;
      NavigableMap<Long, Group> head = groups.headMap(index, true);
      ready = head.isEmpty() ? List.of() : new ArrayList<>(head.values());
      head.clear();
    }
    ready.forEach(group -> group.woken.complete(NodeLog.Waited.REACHED));
  }

  /// The index may be less than before. Who waits goes on waiting.
  public synchronized void restart(long index) {
    reached = index;
  }

  /// Waits for `index`, at most `nanos` nanoseconds.
  public NodeLog.Waited await(long index, long nanos) throws InterruptedException {
    Group group;
    synchronized (this) {
      if (index <= reached) {
        return NodeLog.Waited.REACHED;
      }
      if (closed) {
        return NodeLog.Waited.STOPPING;
      }
      if (nanos <= 0) {
        return NodeLog.Waited.TIMED_OUT;
      }
      if (waiters == maxWaiters) {
        return NodeLog.Waited.REFUSED;
      }
      waiters++;
      group = groups.computeIfAbsent(index, _ -> new Group());
      group.size++;
    }
    try {
      return group.woken.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException timeout) {
      return NodeLog.Waited.TIMED_OUT;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nothing completes a wait exceptionally", impossible);
    } finally {
      leave(index, group);
    }
  }

  /// Wakes everybody; nobody waits here any more.
  public void close() {
    List<Group> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(groups.values());
      groups.clear();
    }
    all.forEach(group -> group.woken.complete(NodeLog.Waited.STOPPING));
  }

  synchronized int size() {
    return waiters;
  }

  private synchronized void leave(long index, Group group) {
    waiters--;
    group.size--;
    if (group.size == 0) {
      groups.remove(index, group);
    }
  }
}
