package io.replog.broker;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/// What keeps one direction from going on, for people: a line in the log when it begins or changes
/// and when it is over, however often it is tried in between.
public final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger("replog");
  private static final int MAX_CHARACTERS = 500;

  private final String direction;
  private @Nullable String now;
  private @Nullable String last;

  /// @param direction how the lines begin
  public Trouble(String direction) {
    this.direction = direction;
  }

  public synchronized void is(String why) {
    String shown = why.length() > MAX_CHARACTERS ? why.substring(0, MAX_CHARACTERS) + "…" : why;
    if (!shown.equals(now)) {
      LOG.warn("{}: {}", direction, shown);
    }
    now = shown;
    last = shown;
  }

  public synchronized void isOver() {
    if (now != null) {
      LOG.info("{}: goes on", direction);
    }
    now = null;
  }

  public synchronized boolean isNow() {
    return now != null;
  }

  /// What it was the last time, also when it is over; null when nothing ever was.
  public synchronized @Nullable String last() {
    return last;
  }

  /// What to say of an exception: the innermost message, since the outer ones say that one failed.
  public static String of(Throwable failure) {
    Throwable inner = NestedExceptionUtils.getMostSpecificCause(failure);
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message;
  }
}
