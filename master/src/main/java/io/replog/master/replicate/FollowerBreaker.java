package io.replog.master.replicate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Keeps a follower from being tried for a second after five failures in a row, so that a follower
/// in trouble is not held down by what it cannot take. A refusal is an answer and closes it.
///
/// Heartbeats do not come here; the first one that is answered after a missed one closes it too, so
/// that a follower that comes back is never made to wait.
final class FollowerBreaker {

  private static final int FAILURES = 5;
  private static final Duration OPEN = Duration.ofSeconds(1);

  private final CircuitBreaker breaker;
  private volatile boolean beatMissed;

  /// Words of the last failure, for who is not tried because of it.
  private volatile String lastError = "";

  FollowerBreaker(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  static CircuitBreakerConfig config() {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(FAILURES)
        .minimumNumberOfCalls(FAILURES)
        .failureRateThreshold(100)
        .waitDurationInOpenState(OPEN)
        .permittedNumberOfCallsInHalfOpenState(1)
        .build();
  }

  /// As [Way#send], unless it is not tried.
  Outcome send(Way way, Duration atMost) {
    if (!breaker.tryAcquirePermission()) {
      return new Outcome.Failed(
          FailureKind.BREAKER_OPEN,
          "not tried after %d failures in a row, the last: %s".formatted(FAILURES, lastError));
    }
    long started = System.nanoTime();
    Outcome outcome = way.send(atMost);
    record(outcome, System.nanoTime() - started);
    return outcome;
  }

  /// A heartbeat was answered.
  void beatAnswered() {
    if (beatMissed) {
      beatMissed = false;
      breaker.reset();
    }
  }

  /// A heartbeat was not answered.
  void beatMissed() {
    beatMissed = true;
  }

  private void record(Outcome outcome, long elapsedNanos) {
    switch (outcome) {
      case Outcome.Acknowledged _, Outcome.Refused _ ->
          breaker.onSuccess(elapsedNanos, TimeUnit.NANOSECONDS);
      case Outcome.Failed failed -> {
        lastError = failed.error();
        breaker.onError(
            elapsedNanos, TimeUnit.NANOSECONDS, new IllegalStateException(failed.error()));
      }
    }
  }
}
