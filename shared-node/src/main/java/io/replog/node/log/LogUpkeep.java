package io.replog.node.log;

import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks once a second whether the disk has room above its reserve, and tells the core when that
/// changes, so that a node refuses before the disk does; and keeps the commit index.
@Component
final class LogUpkeep implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
  private static final int PERIOD_SECONDS = 1;

  private final NodeLog log;
  private volatile ScheduledExecutorService timer = idle();
  private boolean full;
  private volatile boolean running;

  LogUpkeep(NodeLog log) {
    this.log = log;
  }

  @Override
  public void start() {
    running = true;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("log-upkeep").daemon().factory());
    var _ = timer.scheduleWithFixedDelay(this::turn, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void turn() {
    try {
      log.keepCommitIndex();
      boolean now = log.space().full();
      if (now != full) {
        full = now;
        log.reportFull(now);
      }
    } catch (UncheckedIOException | IllegalStateException unknown) {
      LOG.warn("the state of the disk is unknown: {}", unknown.toString());
    }
  }

  private static ScheduledExecutorService idle() {
    ScheduledExecutorService none =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    none.shutdown();
    return none;
  }
}
