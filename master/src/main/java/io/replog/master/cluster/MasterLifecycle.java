package io.replog.master.cluster;

import io.replog.node.log.NodeLog;
import io.replog.node.shutdown.FailStop;
import io.replog.node.shutdown.StopsFirst;
import io.replog.replication.master.MasterInput;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts the core before the web server takes calls, answers those who wait before the web server
/// stops, and ends the core after it.
@Component
final class MasterLifecycle implements SmartLifecycle, StopsFirst {

  private static final Logger LOG = LoggerFactory.getLogger(MasterLifecycle.class);
  private static final long ANSWERING_MILLIS = 900;

  private final MasterLoop loop;
  private final NodeLog log;
  private final MasterCalls calls;
  private volatile boolean running;

  MasterLifecycle(MasterLoop loop, NodeLog log, MasterCalls calls, FailStop failStop) {
    this.loop = loop;
    this.log = log;
    this.calls = calls;
    failStop.beforeExit(this::answerEverybody);
  }

  @Override
  public void start() {
    log.listen(new LogReports(loop));
    loop.start();
    running = true;
  }

  /// No more adds; whoever waits is told that the node is stopping.
  @Override
  public void stopFirst() {
    loop.put(new MasterInput.Stop());
    awaitLoop();
  }

  @Override
  public void stop() {
    running = false;
    loop.closeLinks();
    loop.close();
    calls.abandon();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Early in the start, late in the end: the web server's phase is far above.
  @Override
  public int getPhase() {
    return 0;
  }

  /// The log or the core has failed: lets the core answer if it still can.
  private void answerEverybody() {
    awaitLoop();
    calls.abandon();
  }

  private void awaitLoop() {
    try {
      loop.ask(() -> true).get(ANSWERING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAnswered) {
      LOG.warn("the core did not answer those who wait in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
