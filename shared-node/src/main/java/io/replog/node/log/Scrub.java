package io.replog.node.log;

import io.replog.log.LogCorruptException;
import io.replog.log.LogScrub;
import io.replog.node.settings.NodeSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Reads the whole log again and again, slowly, on one thread of low priority, so that damage is
/// found that no reader meets, while another node can still heal it.
@Component
final class Scrub implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
  private static final Duration AFTER_DAMAGE = Duration.ofSeconds(1);

  private final NodeLog log;
  private final long bytesPerSecond;
  private final Duration betweenPasses;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong passes = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /// What is read now, and which opening of the log it belongs to. Owner: the thread.
  private @Nullable LogScrub scrub;

  private long opening;

  Scrub(NodeLog log, NodeSettings settings) {
    this.log = log;
    this.bytesPerSecond = settings.scrubBytesPerSecond();
    this.betweenPasses = settings.scrubInterval();
  }

  /// Bytes verified so far.
  long bytes() {
    return bytes.get();
  }

  /// Times that the whole log was found sound.
  long passes() {
    return passes.get();
  }

  /// The low priority is a kindness to the other threads, nothing relies on it.
  @Override
  @SuppressWarnings("ThreadPriorityCheck")
  public void start() {
    if (bytesPerSecond > 0) {
      thread =
          Thread.ofPlatform().name("scrub").daemon().priority(Thread.MIN_PRIORITY).start(this::run);
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = turn();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /// Reads on a little.
  ///
  /// @return how long to wait before the next turn
  private Duration turn() {
    try {
      LogScrub.Step step = log.noticingDamage(current()::step);
      bytes.addAndGet(step.bytes());
      if (step.passEnded()) {
        passes.incrementAndGet();
      }
      return step.passEnded() ? betweenPasses : step.pause();
    } catch (LogCorruptException toldAlready) {
      return AFTER_DAMAGE;
    } catch (UncheckedIOException unreadable) {
      LOG.warn("the log could not be scrubbed: {}", unreadable.getMessage());
      return betweenPasses;
    }
  }

  private LogScrub current() {
    LogScrub present = scrub;
    if (present == null || opening != log.openings()) {
      close();
      opening = log.openings();
      present = log.scrub(bytesPerSecond);
      scrub = present;
    }
    return present;
  }

  private void close() {
    if (scrub != null) {
      scrub.close();
      scrub = null;
    }
  }
}
