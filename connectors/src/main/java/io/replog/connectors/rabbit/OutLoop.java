package io.replog.connectors.rabbit;

import io.replog.broker.BrokerLink;
import io.replog.broker.Pauses;
import io.replog.broker.StopSignal;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.backoff.BackOffExecution;

/// Has [LogToExchange] take its turns, on a thread of its own: at once while there is more, soon
/// when there is nothing, less and less often while something is in the way.
final class OutLoop implements SmartLifecycle {

  private static final long LOOK_AGAIN_MILLIS = 200;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final LogToExchange publishing;
  private final BrokerLink link;
  private final StopSignal stop;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("rabbit-out").unstarted(this::run);

  /// @param link closed by this when it stops
  OutLoop(LogToExchange publishing, BrokerLink link, StopSignal stop) {
    this.publishing = publishing;
    this.link = link;
    this.stop = stop;
  }

  private void run() {
    BackOffExecution pauses = Pauses.begin();
    while (!stop.isGiven()) {
      OutState state = publishing.turn();
      if (state.isTrouble()) {
        stop.isGivenWithin(pauses.nextBackOff());
      } else {
        pauses = Pauses.begin();
        stop.isGivenWithin(state == OutState.CAUGHT_UP ? LOOK_AGAIN_MILLIS : 0);
      }
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  /// The turn that is on saves its own position.
  @Override
  public void stop() {
    stop.give();
    try {
      thread.join(STOP_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    link.close();
  }

  @Override
  public boolean isRunning() {
    return thread.isAlive();
  }
}
