package io.replog.master.replicate;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

/// The breakers of all followers.
public final class FollowerBreakers {

  private FollowerBreakers() {}

  /// A registry that gives every follower the same rules.
  public static CircuitBreakerRegistry registry() {
    return CircuitBreakerRegistry.of(FollowerBreaker.config());
  }
}
