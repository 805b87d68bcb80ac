package io.replog.master.replicate;

import io.replog.replication.master.MasterEffect.Send;
import io.replog.replication.master.MasterInput;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends batches to one follower, each on a thread of its own, which makes it ready and waits for
/// its answer, so that several are in flight.
///
/// They leave in the order of the core and are bounded by its window: it asks for the next one when
/// it has heard that the one before is read.
final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final String follower;
  private final Loads loads;
  private final TracedTransport transport;
  private final Consumer<MasterInput> core;
  private final SendMetrics metrics;

  Pipeline(
      String follower,
      Loads loads,
      TracedTransport transport,
      SendMetrics metrics,
      Consumer<MasterInput> core) {
    this.follower = follower;
    this.loads = loads;
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
    Load load;
    try {
      load = loads.of(batch);
    } catch (RuntimeException | Error unreadable) {
      LOG.warn(
          "cannot read the batch for {} behind #{}",
          follower,
          batch.previous().index(),
          unreadable);
      metrics.failed(FailureKind.UNREADABLE);
      return failed(batch, FailureKind.UNREADABLE, "the batch cannot be read from the own log");
    }
    core.accept(new MasterInput.BatchSent(follower, batch.batch(), load.lastIndex(), load.bytes()));
    return exchange(batch, load);
  }

  private MasterInput exchange(Send batch, Load load) {
    Outcome outcome = transport.send(batch, load);
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
}
