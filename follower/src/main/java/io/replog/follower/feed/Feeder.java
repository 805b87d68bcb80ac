package io.replog.follower.feed;

import io.replog.model.FeedAnswer;
import io.replog.model.FeedRequest;
import io.replog.model.Standing;
import io.replog.node.events.EventLog;
import io.replog.node.feed.FedNodes;
import io.replog.node.http.MasterAddress;
import io.replog.node.messages.LayerView.Staleness;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerView;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// One round after the other: asks the upstream for the next version and gives it to the own core.
/// For one thread.
final class Feeder {

  /// How long an answer may wait for the next version. Also how old word of this node may become
  /// while nothing happens.
  private static final long WAIT_MILLIS = 1_000;

  /// Between two versions: an upstream under load is asked fifty times a second, not as often as it
  /// can answer.
  private static final long BETWEEN_MILLIS = 20;

  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 5_000;
  private static final int MAX_BYTES = 1 << 20;

  private final NodeSettings settings;
  private final Upstream upstream;
  private final FedCore core;
  private final Intake intake;
  private final Layer layer;
  private final FedNodes fed;
  private final MasterAddress master;
  private final EventLog events;
  private final RandomGenerator random;
  private long retryMillis = FIRST_RETRY_MILLIS;

  /// @param random spreads retries, so that nodes that lost one upstream do not come back at once
  Feeder(
      NodeSettings settings,
      Upstream upstream,
      FedCore core,
      Layer layer,
      FedNodes fed,
      MasterAddress master,
      EventLog events,
      RandomGenerator random) {
    this.settings = settings;
    this.upstream = upstream;
    this.core = core;
    this.intake = new Intake(settings.clusterId(), core);
    this.layer = layer;
    this.fed = fed;
    this.master = master;
    this.events = events;
    this.random = random;
  }

  /// Asks once, and takes what comes.
  ///
  /// @return how many milliseconds to wait before the next round
  long round() throws InterruptedException {
    return switch (upstream.ask(request(core.view()))) {
      case Upstream.Reply.Given(FeedAnswer answer) -> took(answer);
      case Upstream.Reply.Failed(String why) ->
          later("the upstream %s: %s".formatted(settings.upstream(), why));
    };
  }

  private FeedRequest request(FollowerView view) {
    Standing standing = view.standing();
    Staleness staleness = layer.staleness(view.commitIndex());
    return new FeedRequest(
        settings.clusterId(),
        settings.node(),
        settings.port(),
        settings.feed().words(),
        layer.number(),
        standing.logId(),
        standing.position(),
        staleness.version(),
        staleness.behind(),
        staleness.staleMillis(),
        WAIT_MILLIS,
        MAX_BYTES,
        fed.known());
  }

  private long took(FeedAnswer answer) throws InterruptedException {
    layer.fedBy(answer);
    long before = core.view().commitIndex();
    Intake.Taken taken = intake.take(answer);
    long version = core.view().commitIndex();
    if (taken instanceof Intake.Taken.Refused(String why)) {
      return later("what %s gives is not taken: %s".formatted(answer.node(), why));
    }
    tell(answer, before, version);
    layer.heard(answer, version);
    master.learn(answer.masterUrl(), answer.masterPort());
    retryMillis = FIRST_RETRY_MILLIS;
    return taken instanceof Intake.Taken.Part ? 0 : BETWEEN_MILLIS;
  }

  private void tell(FeedAnswer answer, long before, long version) {
    if (layer.error() != null) {
      events.warn("upstream", "fed again by " + answer.node());
    }
    if (version > before) {
      events.happened(
          "version",
          () ->
              "shows version #%d, %d new, from %s"
                  .formatted(version, version - before, answer.node()));
    }
  }

  /// What fails is said once, until something else fails or nothing does.
  private long later(String why) {
    if (!Objects.equals(why, layer.error())) {
      events.warn("upstream", why);
    }
    layer.failed(why);
    long pause = 1 + random.nextLong(retryMillis);
    retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
    return pause;
  }
}
