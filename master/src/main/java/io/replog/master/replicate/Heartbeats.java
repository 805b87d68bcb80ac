package io.replog.master.replicate;

import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.node.feed.FedNodes;
import io.replog.replication.master.MasterEffect.Beat;
import io.replog.replication.master.MasterInput;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Sends heartbeats to one follower, each on a thread and over connections of its own, so that
/// nothing else delays them.
final class Heartbeats {

  /// A little above the distance of heartbeats: a follower that took half a second for one is
  /// missed, one that shares a busy machine is not.
  static final Duration TIMEOUT = Duration.ofMillis(600);

  private final String follower;
  private final JsonMapper json;
  private final Transport transport;
  private final FollowerBreaker breaker;
  private final FedNodes fed;
  private final Consumer<MasterInput> core;

  Heartbeats(
      String follower,
      JsonMapper json,
      Transport transport,
      FollowerBreaker breaker,
      FedNodes fed,
      Consumer<MasterInput> core) {
    this.follower = follower;
    this.json = json;
    this.transport = transport;
    this.breaker = breaker;
    this.fed = fed;
    this.core = core;
  }

  /// Sends one. Returns at once.
  void beat(Beat beat) {
    Exchange.start("beat-" + follower, () -> exchange(beat), error -> missed(beat, error), core);
  }

  private MasterInput exchange(Beat beat) {
    Outcome outcome = transport.send(json.writeValueAsBytes(beat.request()), TIMEOUT);
    return input(beat, outcome);
  }

  private MasterInput input(Beat beat, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Acknowledged(var standing) -> {
        breaker.beatAnswered();
        hear(standing);
        yield new MasterInput.HeartbeatAnswered(follower, beat.beat(), standing);
      }
      case Outcome.Refused(var reason, _) when reason == RefusalReason.OTHER_CLUSTER -> {
        breaker.beatAnswered();
        yield new MasterInput.HeartbeatFailed(follower, beat.beat(), "it is of another cluster");
      }
      case Outcome.Refused(_, var standing) -> {
        breaker.beatAnswered();
        yield new MasterInput.HeartbeatAnswered(follower, beat.beat(), standing);
      }
      case Outcome.Failed(_, var error) -> missed(beat, error);
    };
  }

  private void hear(Standing standing) {
    if (standing.fed() != null) {
      fed.heard(standing.fed());
    }
  }

  private MasterInput missed(Beat beat, String error) {
    breaker.beatMissed();
    return new MasterInput.HeartbeatFailed(follower, beat.beat(), error);
  }
}
