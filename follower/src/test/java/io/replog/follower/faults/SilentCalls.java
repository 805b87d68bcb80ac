package io.replog.follower.faults;

import org.springframework.beans.factory.BeanFactory;

/// Calls that an injected fault keeps without an answer.
public final class SilentCalls {

  private SilentCalls() {}

  /// How many there are. Each has met its fault: whatever happens to the faults from now on finds
  /// it waiting.
  public static int in(BeanFactory follower) {
    return follower.getBean(FaultFilter.class).silentCalls();
  }
}
