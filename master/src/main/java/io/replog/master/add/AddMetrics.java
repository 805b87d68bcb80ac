package io.replog.master.add;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replog.replication.master.AddOutcome;
import io.replog.replication.master.Taken;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// `replog_appends_total{write_concern,outcome}` and
/// `replog_append_duration_seconds{write_concern}`, from the request to the answer. Labels are a
/// number of nodes and a word of a closed set.
@Component
final class AddMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60),
  };

  private final MeterRegistry meters;
  private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Labels, Counter> counters = new ConcurrentHashMap<>();

  private record Labels(int requiredNodes, String outcome) {}

  AddMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void count(int requiredNodes, AddOutcome outcome, long nanos) {
    count(requiredNodes, word(outcome), 1);
    if (outcome instanceof AddOutcome.Met) {
      timers.computeIfAbsent(requiredNodes, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /// The same for a chunk of a bulk add; how long that took says nothing about a message.
  void count(int requiredNodes, AddOutcome outcome, Taken taken) {
    count(requiredNodes, word(outcome), taken.count() - taken.replayed());
    count(requiredNodes, "replayed", taken.replayed());
  }

  /// A bulk add was stopped; nobody knows how many messages it still had.
  void refused(int requiredNodes, AddOutcome.Refused refused) {
    count(requiredNodes, word(refused), 1);
  }

  /// The caller hung up while its call waited; what becomes of the message is not its business any
  /// more.
  void abandoned(int requiredNodes) {
    count(requiredNodes, "abandoned", 1);
  }

  private void count(int requiredNodes, String outcome, int messages) {
    counters.computeIfAbsent(new Labels(requiredNodes, outcome), this::counter).increment(messages);
  }

  private Counter counter(Labels labels) {
    return Counter.builder("replog.appends")
        .description("Messages that clients have added or tried to")
        .tag("write_concern", Integer.toString(labels.requiredNodes()))
        .tag("outcome", labels.outcome())
        .register(meters);
  }

  private Timer timer(int requiredNodes) {
    return Timer.builder("replog.append.duration")
        .description("From the request to the answer, of adds whose concern was met")
        .tag("write_concern", Integer.toString(requiredNodes))
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  private static String word(AddOutcome outcome) {
    return switch (outcome) {
      case AddOutcome.Met met -> met.replayed() ? "replayed" : "met";
      case AddOutcome.Unmet unmet -> "unmet_" + unmet.reason().name().toLowerCase(Locale.ROOT);
      case AddOutcome.Refused refused ->
          "refused_" + refused.refusal().name().toLowerCase(Locale.ROOT);
    };
  }
}
