package io.replog.follower.feed;

import io.replog.node.shutdown.StopsFirst;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Has the feeder go round after round, on one thread, from behind the start of the core until the
/// node stops.
final class FeederThread implements SmartLifecycle, StopsFirst {

  private static final Logger LOG = LoggerFactory.getLogger(FeederThread.class);
  private static final long AFTER_A_FAULT_MILLIS = 1_000;

  private final Feeder feeder;
  private final HttpUpstream upstream;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean running;

  FeederThread(Feeder feeder, HttpUpstream upstream) {
    this.feeder = feeder;
    this.upstream = upstream;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofPlatform().name("feeder").daemon().start(this::run);
  }

  private void run() {
    try {
      boolean ended = false;
      while (!ended) {
        ended = stopping.await(pause(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// A fault of this part must not end it: the node would show one version for ever.
  private long pause() throws InterruptedException {
    try {
      return feeder.round();
    } catch (RuntimeException fault) {
      LOG.error("the feeder has failed, it tries again", fault);
      return AFTER_A_FAULT_MILLIS;
    }
  }

  @Override
  public void stopFirst() {
    stopping.countDown();
    upstream.close();
  }

  @Override
  public void stop() {
    running = false;
    stopFirst();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Behind the core, which has phase 0, and the version log, which begins with what is here then.
  @Override
  public int getPhase() {
    return 2;
  }
}
