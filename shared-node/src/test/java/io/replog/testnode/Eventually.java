package io.replog.testnode;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waits for what must come true, with patience for a busy machine.
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }
}
