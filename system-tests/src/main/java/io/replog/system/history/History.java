package io.replog.system.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that the clients of a cluster did and saw, collected from many threads.
public final class History {

  private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Sight> sights = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<TailPart> tailParts = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Resources> resources = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Ending> endings = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<FailedAnswer> failedAnswers = new ConcurrentLinkedQueue<>();
  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final Map<RefusedRead, LongAdder> refusedReads = new ConcurrentHashMap<>();
  private final Map<String, FinalLog> finalLogs = new ConcurrentHashMap<>();
  private volatile @Nullable Drain drain;
  private volatile boolean masterDiskFilled;
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAccumulator highestAcknowledged = new LongAccumulator(Math::max, 0);
  private final Map<String, String> pool = new ConcurrentHashMap<>();

  public void add(Attempt attempt) {
    attempts.add(attempt);
    switch (attempt.outcome()) {
      case Outcome.Acknowledged done -> {
        acknowledged.increment();
        highestAcknowledged.accumulate(done.index());
      }
      case Outcome.Refused _ -> refused.increment();
      case Outcome.Unknown _ -> unknown.increment();
    }
  }

  /// Records what a node showed. Equal texts are kept once.
  public void add(Sight sight) {
    reads.increment();
    List<String> texts = sight.texts().stream().map(this::pooled).toList();
    sights.add(
        new Sight(
            sight.node(),
            sight.asked(),
            sight.invokedNanos(),
            sight.endedNanos(),
            texts,
            sight.shownIndex()));
  }

  private String pooled(String text) {
    String earlier = pool.putIfAbsent(text, text);
    return earlier == null ? text : earlier;
  }

  public void add(TailPart part) {
    reads.increment();
    tailParts.add(part);
  }

  public void add(Resources used) {
    resources.add(used);
  }

  public void add(Ending ending) {
    endings.add(ending);
  }

  public void add(FailedAnswer answer) {
    failedAnswers.add(answer);
  }

  /// Somebody reads in this way for as long as the history goes on, so some read has to succeed.
  public void reads(Reading reading) {
    readings.add(reading);
  }

  public void add(RefusedRead refused) {
    refusedReads.computeIfAbsent(refused, _ -> new LongAdder()).increment();
  }

  public void add(FinalLog log) {
    finalLogs.put(log.node(), log);
  }

  /// The master's disk was full at some time, so it may have refused adds for that.
  public void masterDiskFilled() {
    masterDiskFilled = true;
  }

  public boolean wasMasterDiskFilled() {
    return masterDiskFilled;
  }

  public void drained(Drain how) {
    drain = how;
  }

  /// How the cluster came to rest; empty when nobody has waited for it.
  public Optional<Drain> drain() {
    return Optional.ofNullable(drain);
  }

  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  public List<Sight> sights() {
    return List.copyOf(sights);
  }

  public List<TailPart> tailParts() {
    return List.copyOf(tailParts);
  }

  public List<Resources> resources() {
    return List.copyOf(resources);
  }

  public List<Ending> endings() {
    return List.copyOf(endings);
  }

  public List<FailedAnswer> failedAnswers() {
    return List.copyOf(failedAnswers);
  }

  /// In which ways somebody has read, or tried to.
  public Set<Reading> readings() {
    return Set.copyOf(readings);
  }

  /// How often which read was answered with something else than 200.
  public Map<RefusedRead, Long> refusedReads() {
    return refusedReads.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }

  public List<FinalLog> finalLogs() {
    return List.copyOf(finalLogs.values());
  }

  /// How many attempts were acknowledged so far.
  public long acknowledged() {
    return acknowledged.sum();
  }

  /// How many attempts were definitely refused so far.
  public long refused() {
    return refused.sum();
  }

  /// How many attempts have an outcome that nobody knows.
  public long unknown() {
    return unknown.sum();
  }

  /// How many reads and parts of live tails were answered so far.
  public long reads() {
    return reads.sum();
  }

  /// The highest index that was acknowledged so far; 0 before the first one.
  public long highestAcknowledged() {
    return highestAcknowledged.get();
  }
}
