package io.replog.master.replicate;

import io.replog.model.Entry;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.NodeLog;
import io.replog.replication.master.MasterEffect.Send;
import io.replog.replication.master.MasterInput;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Sends batches to one follower, each on a thread of its own, which reads it from the log, encodes
/// it and waits for its answer, so that several are in flight.
///
/// They leave in the order of the core and are bounded by its window: it asks for the next one when
/// it has heard that the one before is read.
final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String follower;
  private final String clusterId;
  private final String startId;
  private final NodeLog log;
  private final CoreLogView positions;
  private final JsonMapper json;
  private final TracedTransport transport;
  private final Consumer<MasterInput> core;
  private final SendMetrics metrics;

  Pipeline(
      String follower,
      String clusterId,
      String startId,
      NodeLog log,
      CoreLogView positions,
      JsonMapper json,
      TracedTransport transport,
      SendMetrics metrics,
      Consumer<MasterInput> core) {
    this.follower = follower;
    this.clusterId = clusterId;
    this.startId = startId;
    this.log = log;
    this.positions = positions;
    this.json = json;
    this.transport = transport;
    this.metrics = metrics;
    this.core = core;
  }

  /// Sends a batch. Returns at once.
  void send(Send batch) {
    Exchange.start(
        "send-" + follower,
        () -> readAndExchange(batch),
        error -> failed(batch, FailureKind.BROKEN, error),
        core);
  }

  private MasterInput readAndExchange(Send batch) {
    List<Entry> entries;
    byte[] encoded;
    try {
      entries = read(batch);
      encoded = json.writeValueAsBytes(request(batch, entries));
    } catch (RuntimeException | Error unreadable) {
      LOG.warn(
          "cannot read the batch for {} behind #{}",
          follower,
          batch.previous().index(),
          unreadable);
      metrics.failed(FailureKind.UNREADABLE);
      return failed(batch, FailureKind.UNREADABLE, "the batch cannot be read from the own log");
    }
    if (!entries.isEmpty()) {
      positions.remember(entries.getLast().position());
    }
    long lastIndex = batch.previous().index() + entries.size();
    core.accept(new MasterInput.BatchSent(follower, batch.batch(), lastIndex, encoded.length));
    return exchange(batch, lastIndex, encoded);
  }

  private MasterInput exchange(Send batch, long lastIndex, byte[] encoded) {
    Outcome outcome = transport.send(batch, lastIndex, encoded);
    metrics.count(outcome);
    return input(batch, outcome);
  }

  private MasterInput input(Send batch, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Acknowledged(var standing) ->
          new MasterInput.Acknowledged(follower, batch.batch(), standing);
      case Outcome.Refused(var reason, var standing) ->
          new MasterInput.Refused(follower, batch.batch(), reason, standing);
      case Outcome.Failed(var kind, var error) -> failed(batch, kind, error);
    };
  }

  private MasterInput failed(Send batch, FailureKind kind, String error) {
    return new MasterInput.SendFailed(follower, batch.batch(), kind.forCore(), error);
  }

  private List<Entry> read(Send batch) {
    long from = batch.previous().index() + 1;
    long count = Math.min(batch.maxEntries(), batch.upTo() - batch.previous().index());
    return count <= 0 ? List.of() : log.readBatch(from, (int) count, batch.maxBytes());
  }

  private ReplicateRequest request(Send batch, List<Entry> entries) {
    return new ReplicateRequest(
        clusterId,
        batch.logId(),
        batch.epoch(),
        startId,
        batch.previous(),
        entries.stream().map(WireEntry::of).toList(),
        batch.durableIndex(),
        batch.commitIndex());
  }
}
