package io.replog.master.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// How long adds took since it was asked last, by concern: the difference of what
/// `replog_append_duration_seconds` has summed up. For one thread.
final class Latencies {

  private final MeterRegistry meters;
  private final Map<Integer, Sum> before = new HashMap<>();

  private record Sum(long count, double millis) {}

  Latencies(MeterRegistry meters) {
    this.meters = meters;
  }

  List<Frame.Latency> sinceLast() {
    List<Frame.Latency> latencies = new ArrayList<>();
    for (Timer timer : meters.find("replog.append.duration").timers()) {
      int concern = Integer.parseInt(Objects.requireNonNull(timer.getId().getTag("write_concern")));
      Sum now = new Sum(timer.count(), timer.totalTime(TimeUnit.MILLISECONDS));
      Sum then = before.put(concern, now);
      add(latencies, concern, then == null ? new Sum(0, 0) : then, now);
    }
    latencies.sort(Comparator.comparingInt(Frame.Latency::writeConcern));
    return latencies;
  }

  private static void add(List<Frame.Latency> to, int concern, Sum then, Sum now) {
    long count = now.count() - then.count();
    if (count > 0) {
      double mean = Math.max(0, now.millis() - then.millis()) / count;
      to.add(new Frame.Latency(concern, count, Math.round(mean * 1e3) / 1e3));
    }
  }
}
