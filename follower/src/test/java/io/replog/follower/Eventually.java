package io.replog.follower;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waits for what must come true, with patience for a busy machine.
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }
}
