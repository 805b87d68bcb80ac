package io.replog.node.log;

import io.replog.node.shutdown.StopsFirst;
import org.springframework.stereotype.Component;

/// Ends long polls and live tails when the node stops.
@Component
final class WakeReaders implements StopsFirst {

  private final NodeLog log;

  WakeReaders(NodeLog log) {
    this.log = log;
  }

  @Override
  public void stopFirst() {
    log.wakeWaiters();
  }
}
