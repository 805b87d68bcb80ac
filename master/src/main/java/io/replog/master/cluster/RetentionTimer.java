package io.replog.master.cluster;

import io.replog.model.Position;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks once a second whether the log has grown beyond its retention, and asks the core to release
/// what is surplus. The core knows which node lacks what; nothing happens before all hold it.
@Component
public final class RetentionTimer implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionTimer.class);
  private static final int PERIOD_SECONDS = 1;

  private final NodeLog log;
  private final NodeSettings settings;
  private final MasterLoop core;
  private final InstantSource clock = InstantSource.system();
  private volatile @Nullable ScheduledExecutorService timer;

  /// Highest index that retention does not ask for.
  private volatile long surplusIndex;

  RetentionTimer(NodeLog log, NodeSettings settings, MasterLoop core) {
    this.log = log;
    this.settings = settings;
    this.core = core;
  }

  /// Highest index that retention does not ask for; entries up to it are still there when some node
  /// lacks them.
  public long surplusIndex() {
    return surplusIndex;
  }

  @Override
  public void start() {
    if (settings.retention().keepsEverything()) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").daemon().factory());
    timer = started;
    var _ = started.scheduleWithFixedDelay(this::turn, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    ScheduledExecutorService started = timer;
    timer = null;
    if (started != null) {
      started.shutdown();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }

  /// Throws nothing: that would end the schedule.
  private void turn() {
    try {
      surplusIndex = log.surplus(settings.retention(), clock.millis());
      MasterView view = core.view();
      long unneeded = log.releasable(Math.min(surplusIndex, view.releasableIndex()));
      Position base = log.boundary(unneeded);
      if (base.index() >= view.firstIndex()) {
        core.put(new MasterInput.Release(base));
      }
    } catch (RuntimeException unknown) {
      LOG.warn("what of the log is surplus is unknown: {}", unknown.toString());
    }
  }
}
