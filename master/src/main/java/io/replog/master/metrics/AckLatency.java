package io.replog.master.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replog.master.events.MasterListener;
import io.replog.master.members.Members;
import io.replog.replication.master.MasterEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

  private final Map<String, Timer> timers = new ConcurrentHashMap<>();
  private final MeterRegistry meters;

  AckLatency(MeterRegistry meters, Members members) {
    this.meters = meters;
    members.listen(nodes -> nodes.forEach(node -> timerOf(node.name())));
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    if (event instanceof MasterEvent.FollowerAcknowledged acknowledged
        && acknowledged.elapsedNanos() >= 0) {
      timerOf(acknowledged.follower()).record(acknowledged.elapsedNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Timer timerOf(String follower) {
    return timers.computeIfAbsent(follower, name -> timer(meters, name));
  }

  private static Timer timer(MeterRegistry meters, String follower) {
    return Timer.builder("replog.follower.ack.latency")
        .description("From the append of an entry to its acknowledgement")
        .tag("follower", follower)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }
}
