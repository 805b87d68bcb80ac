package io.replog.master.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replog.master.events.MasterListener;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/// `replog_follower_ack_latency_seconds{follower}`: from the append of the last entry of a batch to
/// the proof that the follower holds it.
@Component
final class AckLatency implements MasterListener {

  /// Up to the delays that people inject to watch.
  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Map<String, Timer> timers;

  AckLatency(MeterRegistry meters, NodeSettings settings) {
    this.timers =
        settings.followers().stream()
            .map(Peer::name)
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> timer(meters, name)));
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    if (event instanceof MasterEvent.FollowerAcknowledged acknowledged
        && acknowledged.elapsedNanos() >= 0) {
      Timer timer = timers.get(acknowledged.follower());
      if (timer != null) {
        timer.record(acknowledged.elapsedNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private static Timer timer(MeterRegistry meters, String follower) {
    return Timer.builder("replog.follower.ack.latency")
        .description("From the append of an entry to its acknowledgement")
        .tag("follower", follower)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }
}
