package io.replog.system.history;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Everything that the clients of a cluster did and saw, collected from many threads.
public final class History {

  private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Sight> sights = new ConcurrentLinkedQueue<>();
  private final Map<String, FinalLog> finalLogs = new ConcurrentHashMap<>();

  public void add(Attempt attempt) {
    attempts.add(attempt);
  }

  /// Records what a node showed. Sights of one node must come in the order of its answers.
  public void add(Sight sight) {
    sights.add(sight);
  }

  public void add(FinalLog log) {
    finalLogs.put(log.node(), log);
  }

  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  public List<Sight> sights() {
    return List.copyOf(sights);
  }

  public List<FinalLog> finalLogs() {
    return List.copyOf(finalLogs.values());
  }

  /// How many adds were acknowledged.
  public long acknowledged() {
    return attempts.stream().filter(a -> a.outcome() instanceof Outcome.Acknowledged).count();
  }
}
