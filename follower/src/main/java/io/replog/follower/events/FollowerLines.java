package io.replog.follower.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.model.Promise;
import io.replog.node.events.EventLog;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerEvent;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// One line for each event that people follow, and a count for each that graphs follow.
@Component
final class FollowerLines implements FollowerEventListener {

  private final EventLog events;
  private final NodeLog log;
  private final boolean showTexts;
  private final MeterRegistry meters;
  private final ReceivedTimes received = new ReceivedTimes();

  FollowerLines(EventLog events, NodeLog log, NodeSettings settings, MeterRegistry meters) {
    this.events = events;
    this.log = log;
    this.showTexts = settings.logMessages();
    this.meters = meters;
  }

  @Override
  public void happened(FollowerEvent event) {
    switch (event) {
      case FollowerEvent.Received(long from, long to, long delayNanos) ->
          received(from, to, delayNanos);
      case FollowerEvent.Skipped(long from, long to) ->
          events.happened("skipped", () -> "skipped " + range(from, to) + ", held already");
      case FollowerEvent.HeldAhead(long from, long expected) ->
          events.happened(
              "held",
              () -> "holding #%d ahead of a gap, waiting for #%d".formatted(from, expected));
      case FollowerEvent.BecameDurable(long from, long to) -> appended(from, to);
      case FollowerEvent.HoleClosed(long end) ->
          events.happened("healed", "what was missing is filled in, whole up to #" + end);
      case FollowerEvent.Refused refused -> refused(refused);
      case FollowerEvent.Promised(Promise promise) ->
          events.happened(
              "promised",
              "obeying the master of epoch %d, log %s".formatted(promise.epoch(), promise.logId()));
      case FollowerEvent.FaultChanged fault -> fault(fault);
      case FollowerEvent.Committed _ ->
          count("replog.commit.advances", "Times that the commit index has grown", 1);
      case FollowerEvent.DelayChanged(long nanos, long jitterNanos) ->
          events.warn(
              "delay",
              "artificial delay is %d ms now%s"
                  .formatted(
                      millis(nanos),
                      jitterNanos == 0
                          ? ""
                          : ", give or take %d ms".formatted(millis(jitterNanos))));
    }
  }

  private void received(long from, long to, long delayNanos) {
    received.note(to, System.nanoTime());
    count("replog.received.entries", "Entries that arrived and were new", to - from + 1);
    events.happened("received", () -> "received " + range(from, to) + waiting(delayNanos));
  }

  private void appended(long from, long to) {
    long elapsed = received.take(to, System.nanoTime());
    count("replog.appended.entries", "Entries that became durable", to - from + 1);
    events.happened(
        "appended", () -> "appended " + range(from, to) + after(elapsed) + text(from, to));
  }

  private void count(String name, String description, long entries) {
    Counter.builder(name).description(description).register(meters).increment(entries);
  }

  private static String waiting(long delayNanos) {
    return delayNanos > 0 ? ", waiting %d ms".formatted(millis(delayNanos)) : "";
  }

  private static String after(long elapsedNanos) {
    return elapsedNanos < 0 ? "" : " after %d ms".formatted(millis(elapsedNanos));
  }

  private String text(long from, long to) {
    return showTexts && from == to ? events.text(log.entryAt(to).text()) : "";
  }

  private void refused(FollowerEvent.Refused refused) {
    Counter.builder("replog.refused.calls")
        .description("Batches and messages that were refused")
        .tag("reason", refused.reason().name())
        .register(meters)
        .increment();
    events.warn("refused", "refused, %s: %s".formatted(refused.reason(), refused.detail()));
  }

  private void fault(FollowerEvent.FaultChanged fault) {
    events.warn(
        "fault",
        fault.after() == null
            ? "acknowledging again, no longer " + fault.before()
            : "not holding all that the master holds, %s: %s"
                .formatted(fault.after(), fault.why()));
  }

  private static String range(long from, long to) {
    return from == to ? "#" + to : "#%d to #%d".formatted(from, to);
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
