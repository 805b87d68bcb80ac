package io.replog.broker;

import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/// How long to wait before the next attempt at what did not go: from 100 ms on twice as long each
/// time, 5 s at most, without end.
public final class Pauses {

  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 5_000;

  private Pauses() {}

  public static BackOff all() {
    ExponentialBackOff pauses = new ExponentialBackOff(FIRST_MILLIS, 2);
    pauses.setMaxInterval(LONGEST_MILLIS);
    return pauses;
  }

  public static BackOffExecution begin() {
    return all().start();
  }
}
