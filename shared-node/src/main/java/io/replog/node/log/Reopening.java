package io.replog.node.log;

import io.replog.node.shutdown.FailStop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Has the log opened anew, on a thread of its own and one at a time, when a record turned out to
/// be damaged. A disk that goes bad again and again is not to be trusted: damaged more than three
/// times within a minute, the node ends.
final class Reopening {

  static final int MAX_DAMAGES = 3;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// Closes the log and opens it again.
  @FunctionalInterface
  interface Procedure {
    void run(String why) throws IOException;
  }

  private final Procedure procedure;
  private final FailStop failStop;
  private final LongSupplier nanoTime;
  private final ArrayDeque<Long> damages = new ArrayDeque<>();
  private boolean underWay;

  /// Whether what is under way has come so far that damage is news: the log is open again.
  private boolean opened;

  /// Why the log is to be opened once more after what is under way, null when it is not.
  private @Nullable String again;

  private boolean ended;

  Reopening(Procedure procedure, FailStop failStop, LongSupplier nanoTime) {
    this.procedure = procedure;
    this.failStop = failStop;
    this.nanoTime = nanoTime;
  }

  /// A record is damaged. Returns at once; nothing happens when the log is about to be opened anew
  /// already.
  ///
  /// @return whether this damage is news
  synchronized boolean damaged(String what) {
    if (ended || isExpected()) {
      return false;
    }
    long now = nanoTime.getAsLong();
    damages.removeIf(earlier -> now - earlier > WITHIN_NANOS);
    damages.add(now);
    if (damages.size() > MAX_DAMAGES) {
      ended = true;
      failStop.stop(
          FailStop.LOG_FAILED,
          "damaged %d times within a minute, this disk is not to be trusted: %s"
              .formatted(damages.size(), what),
          null);
    } else {
      begin(what);
    }
    return true;
  }

  /// Opens the log anew for another reason than damage. Returns at once; nothing happens when it is
  /// about to be opened anew already.
  synchronized void begin(String why) {
    if (ended || isExpected()) {
      return;
    }
    if (underWay) {
      again = why;
    } else {
      underWay = true;
      Thread.ofPlatform().name("log-reopening").start(() -> run(why));
    }
  }

  /// Told by the procedure as soon as the log is open again: whoever asks from now on means this
  /// opening, and is heard when the procedure is done.
  synchronized void opened() {
    opened = true;
  }

  private boolean isExpected() {
    return underWay && (!opened || again != null);
  }

  synchronized boolean isUnderWay() {
    return underWay;
  }

  /// Nothing is opened any more. Waits for what is going on.
  synchronized void end() throws InterruptedException {
    ended = true;
    while (underWay) {
      wait();
    }
  }

  private void run(String why) {
    try {
      procedure.run(why);
    } catch (IOException | RuntimeException failed) {
      failStop.stop(FailStop.LOG_FAILED, "the log could not be opened anew", failed);
    } finally {
      over();
    }
  }

  private synchronized void over() {
    String next = again;
    underWay = false;
    opened = false;
    again = null;
    if (next != null) {
      begin(next);
    }
    notifyAll();
  }
}
