package io.replog.replication.simulation;

import io.replog.model.WriteConcern;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.simulation.SimulatedMaster.AddRequest;
import io.replog.replication.simulation.SimulatedMaster.BulkRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Clients that add messages at random moments, each independent of the others: with and without
/// keys, with every write concern, with and without patience. One with a key tries again after an
/// indefinite answer, and some send twice at once or use a key twice.
final class Workload {

  private static final long MILLISECOND = 1_000_000;
  private static final int MAX_TRIES = 8;
  private static final int BULK_EVERY = 25;
  private static final int MAX_BULK = 40;
  private static final Duration EVER = Duration.ofHours(5);

  private final SimulatedCluster cluster;
  private final RandomGenerator random;
  private final List<String> keys = new ArrayList<>();
  private boolean closing;

  Workload(SimulatedCluster cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
  }

  /// Plans all adds of the run.
  void begin() {
    for (int n = 1; n <= cluster.plan().adds(); n++) {
      String text = "m" + n;
      cluster.clock().after(random.nextLong(cluster.plan().runNanos()), () -> add(text));
      if (n % BULK_EVERY == 0) {
        cluster.clock().after(random.nextLong(cluster.plan().runNanos()), () -> addAll("b" + text));
      }
    }
    readNow();
  }

  /// No add is tried again from now on, except where nothing else ends it.
  void close() {
    closing = true;
  }

  private void add(String text) {
    cluster.coverage().count(Covered.ADDS);
    String key = random.nextInt(5) == 0 ? null : keyFor(text);
    int size = cluster.plan().followers() + 1;
    int requiredNodes =
        switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> WriteConcern.majorityOf(size);
          case 2 -> size;
          default -> random.nextInt(1, size + 1);
        };
    long timeout = random.nextInt(3) == 0 ? 0 : random.nextLong(100, 4_000) * MILLISECOND;
    AddRequest request = new AddRequest(key, text, requiredNodes, timeout);
    SimulatedMaster to = pickMaster();
    Duration patience =
        timeout == 0 && random.nextBoolean()
            ? EVER
            : Duration.ofMillis(random.nextLong(200, 6_000));
    send(to, request, patience, 1);
    if (key != null && random.nextInt(10) == 0) {
      send(to, request, patience, 1);
    }
  }

  /// Many at once: all with keys, and then now and then a second time, or some with keys.
  private void addAll(String text) {
    boolean repeatable = random.nextBoolean();
    int nodes = random.nextInt(1, cluster.plan().followers() + 2);
    long timeout = random.nextInt(3) == 0 ? 0 : random.nextLong(100, 4_000) * MILLISECOND;
    List<AddRequest> requests = new ArrayList<>();
    for (int n = random.nextInt(2, MAX_BULK); n > 0; n--) {
      String each = text + "." + n;
      String key = repeatable || random.nextInt(4) == 0 ? keyFor(each) : null;
      requests.add(new AddRequest(key, each, nodes, timeout));
    }
    BulkRequest bulk = new BulkRequest(requests);
    sendAll(bulk);
    if (repeatable) {
      cluster.clock().after(random.nextLong(3_000) * MILLISECOND, () -> sendAll(bulk));
    }
  }

  private void sendAll(BulkRequest bulk) {
    if (!closing) {
      Duration patience = Duration.ofMillis(random.nextLong(200, 6_000));
      cluster.addAll(pickMaster(), bulk, patience, _ -> {});
    }
  }

  private String keyFor(String text) {
    if (!keys.isEmpty() && random.nextInt(30) == 0) {
      return keys.get(random.nextInt(keys.size()));
    }
    keys.add("k-" + text);
    return keys.getLast();
  }

  private SimulatedMaster pickMaster() {
    SimulatedMaster second = cluster.secondMaster();
    return second != null && random.nextInt(3) == 0 ? second : cluster.master();
  }

  private void send(SimulatedMaster to, AddRequest request, Duration patience, int tries) {
    Added added = cluster.add(to, request, patience);
    added.whenEnded(
        () -> {
          if (mayTryAgain(request, added.outcome()) && tries < MAX_TRIES && !closing) {
            long pause = random.nextLong(1, 800) * MILLISECOND;
            cluster.clock().after(pause, () -> send(to, vary(request), patience, tries + 1));
          }
        });
  }

  /// A retry may ask for another concern.
  private AddRequest vary(AddRequest request) {
    int size = cluster.plan().followers() + 1;
    return random.nextInt(3) > 0
        ? request
        : new AddRequest(
            request.key(), request.text(), random.nextInt(1, size + 1), request.timeoutNanos());
  }

  private boolean mayTryAgain(AddRequest request, @Nullable AddOutcome outcome) {
    return switch (outcome) {
      case null -> request.key() != null;
      case AddOutcome.Met _ -> request.key() != null && random.nextInt(20) == 0;
      case AddOutcome.Unmet _ -> request.key() != null;
      case AddOutcome.Refused refused -> refused.refusal() != AddOutcome.AddRefusal.KEY_REUSED;
    };
  }

  /// Now and then somebody asks how many hold an entry.
  private void readNow() {
    if (closing) {
      return;
    }
    SimulatedMaster master = cluster.master();
    if (master.running() && master.disk().written() > 0) {
      long index = 1 + random.nextLong(master.disk().written() + 3);
      int size = cluster.plan().followers() + 1;
      cluster
          .network()
          .<SimulatedMaster.WaitAnswer>exchange(
              cluster.clients(),
              master,
              EVER.toNanos(),
              arrival ->
                  master.waitForAcks(
                      index, random.nextInt(1, size + 1), 2_000 * MILLISECOND, arrival),
              _ -> {},
              _ -> {});
    }
    cluster.clock().after(random.nextLong(100, 1_500) * MILLISECOND, this::readNow);
  }
}
