package io.replog.node.shutdown;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The first phase of an ordered stop: calls that wait get their answer, so that the web server,
/// which stops next, has nobody to wait for.
@Component
final class StopFirst implements SmartLifecycle {

  private final List<StopsFirst> parts;
  private volatile boolean running;

  StopFirst(List<StopsFirst> parts) {
    this.parts = parts;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    parts.forEach(StopsFirst::stopFirst);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
