package io.replog.node.log;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks once a second whether the disk has room above its reserve, and tells the core when that
/// changes, so that a node refuses before the disk does; whether the directory is still there; and
/// keeps the commit index.
@Component
final class LogUpkeep implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
  private static final int PERIOD_SECONDS = 1;

  private final NodeLog log;
  private volatile @Nullable ScheduledExecutorService timer;
  private volatile boolean running;

  LogUpkeep(NodeLog log) {
    this.log = log;
  }

  @Override
  public void start() {
    running = true;
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("log-upkeep").daemon().factory());
    timer = started;
    var _ = started.scheduleWithFixedDelay(this::turn, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    running = false;
    ScheduledExecutorService started = timer;
    if (started != null) {
      started.shutdown();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Throws nothing: that would end the schedule.
  private void turn() {
    try {
      log.checkPlace();
      log.keepCommitIndex();
      log.checkSpace();
    } catch (RuntimeException unknown) {
      LOG.warn("the state of the disk is unknown: {}", unknown.toString());
    }
  }
}
