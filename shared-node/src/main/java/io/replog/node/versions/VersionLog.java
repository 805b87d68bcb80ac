package io.replog.node.versions;

import io.replog.node.feed.Standpoint;
import io.replog.node.log.NodeLog;
import io.replog.node.messages.ReadView;
import io.replog.node.settings.NodeSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes down when this node took which version, on a virtual thread of its own: nothing waits for
/// it but the start, while it looks where the last line ended. Under load a line stands for all
/// that came in a quarter of a second. A line that cannot be written is part of the next one.
@Component
final class VersionLog implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger("replog");
  private static final long MAX_BYTES = 4L << 20;
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration ENDING = Duration.ofMillis(500);
  private static final long BETWEEN_LINES_MILLIS = 250;

  private final NodeLog log;
  private final VersionFile file;
  private final Standpoint standpoint;
  private final ReadView view;
  private final InstantSource clock = InstantSource.system();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean running;
  private volatile @Nullable Thread thread;

  /// Whether the last line was written. Owner: the thread, once it runs.
  private boolean works = true;

  @Autowired
  VersionLog(
      NodeLog log, NodeSettings settings, Standpoint standpoint, ReadView view, JsonMapper json) {
    this.log = log;
    this.file = new VersionFile(settings.dataDirectory(), MAX_BYTES, json);
    this.standpoint = standpoint;
    this.view = view;
  }

  @Override
  public void start() {
    running = true;
    long written = begin();
    thread = Thread.ofVirtual().name("version-log").start(() -> run(written));
  }

  private void run(long before) {
    try {
      long written = before;
      boolean ended = false;
      while (!ended) {
        written = follow(written);
        ended = stopping.await(BETWEEN_LINES_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// Where the last line ended; what this node knows to be committed where there is none.
  private long begin() {
    try {
      long known = log.commitIndex();
      return file.last()
          .map(VersionLine::version)
          .filter(version -> version <= log.shownIndex())
          .orElse(known);
    } catch (IOException | RuntimeException unreadable) {
      complain(unreadable);
      return log.commitIndex();
    }
  }

  /// Waits for a version behind `written`, and writes it down.
  ///
  /// @return up to where the lines reach now
  private long follow(long written) throws InterruptedException {
    var _ = log.awaitCommitted(written + 1, LOOK);
    long version = log.commitIndex();
    return version > written && isWritten(written, version) ? version : written;
  }

  private boolean isWritten(long before, long version) {
    try {
      file.append(
          new VersionLine(
              clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
              version,
              before + 1,
              version - before,
              standpoint.source(),
              view.epoch()));
      works = true;
      return true;
    } catch (IOException | RuntimeException refused) {
      complain(refused);
      return false;
    }
  }

  /// Once, until a line is written again.
  private void complain(Exception why) {
    if (works) {
      LOG.warn("the version log is not kept: {}", why.toString());
    }
    works = false;
  }

  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    Thread started = thread;
    if (started != null) {
      started.interrupt();
      join(started);
    }
  }

  /// Whoever stops a node may remove its directory afterwards.
  private static void join(Thread started) {
    try {
      started.join(ENDING);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Behind the core, and before the feeder.
  @Override
  public int getPhase() {
    return 1;
  }
}
