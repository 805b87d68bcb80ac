package io.replog.master.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.node.shutdown.StopsFirst;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Who watches, and the one timer that makes frames for all of them: five a second while something
/// happens, one while nothing does, none while nobody watches.
@Component
final class Watchers implements StopsFirst, MeterBinder {

  static final int MAX_WATCHERS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
  private static final Duration PERIOD = Duration.ofMillis(200);
  private static final Duration QUIET = Duration.ofSeconds(1);

  /// Frames are made this long for those who lost their connection and come back.
  private static final Duration LINGERING = Duration.ofSeconds(10);

  private final Collector collector;
  private final FrameMaker maker;
  private final JsonMapper json;
  private final FrameRing ring = new FrameRing();
  private @Nullable ScheduledExecutorService timer;
  private boolean stopped;
  private int watchers;
  private long leftNanos;
  private long framedNanos;

  Watchers(Collector collector, FrameMaker maker, JsonMapper json) {
    this.collector = collector;
    this.maker = maker;
    this.json = json;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.watchers", this, Watchers::count)
        .description("open streams of cluster events")
        .register(registry);
  }

  FrameRing ring() {
    return ring;
  }

  /// Somebody begins to watch.
  ///
  /// @return false if there are too many already
  synchronized boolean enter() {
    if (watchers == MAX_WATCHERS) {
      return false;
    }
    watchers++;
    if (timer == null && !stopped) {
      begin();
    }
    return true;
  }

  /// Somebody has gone.
  synchronized void leave() {
    watchers--;
    leftNanos = System.nanoTime();
  }

  private synchronized int count() {
    return watchers;
  }

  private void begin() {
    collector.start();
    maker.begin();
    framedNanos = System.nanoTime();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("watch").daemon().factory());
    timer = started;
    long period = PERIOD.toMillis();
    var _ = started.scheduleWithFixedDelay(this::turn, 0, period, TimeUnit.MILLISECONDS);
  }

  /// Throws nothing: that would end the schedule.
  private void turn() {
    try {
      if (!endWhenAlone()) {
        frame();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      LOG.warn("a picture of the cluster could not be made", failed);
    }
  }

  private void frame() throws InterruptedException {
    long now = System.nanoTime();
    Span span = collector.take();
    if (!span.isEmpty() || now - framedNanos >= QUIET.toNanos() || ring.last() == 0) {
      ring.publish(json.writeValueAsBytes(maker.make(span, now - framedNanos)));
      framedNanos = now;
    }
  }

  private synchronized boolean endWhenAlone() {
    if (watchers > 0 || System.nanoTime() - leftNanos < LINGERING.toNanos()) {
      return false;
    }
    collector.stop();
    ring.interrupt();
    end();
    return true;
  }

  private void end() {
    ScheduledExecutorService ended = timer;
    timer = null;
    if (ended != null) {
      ended.shutdown();
    }
  }

  /// Every stream ends.
  @Override
  public synchronized void stopFirst() {
    stopped = true;
    ring.close();
    collector.stop();
    end();
  }
}
