package io.replog.connectors.work;

import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.log.AppendRefusedException;
import io.replog.connectors.log.AppendUnknownException;
import io.replog.connectors.log.ReadFailedException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines about one worker: one when it begins to fail, or to fail otherwise, one an hour while
/// it goes on failing, and one when it works again.
final class WorkLines {

  private static final Logger LOG = LoggerFactory.getLogger("replog.connectors");
  private static final long REMINDER_NANOS = Duration.ofHours(1).toNanos();

  private final String name;
  private final LongSupplier nanoTime;
  private @Nullable Class<?> told;
  private long toldAtNanos;
  private int untold;

  WorkLines(String name, LongSupplier nanoTime) {
    this.name = name;
    this.nanoTime = nanoTime;
  }

  synchronized void succeeded() {
    if (told != null) {
      LOG.info("{}: works again, after {} more failed tries", name, untold);
      told = null;
    }
  }

  synchronized void failed(Throwable failure) {
    long now = nanoTime.getAsLong();
    if (failure.getClass() == told && now - toldAtNanos < REMINDER_NANOS) {
      untold++;
      return;
    }
    told = failure.getClass();
    toldAtNanos = now;
    untold = 0;
    if (isForeseen(failure)) {
      LOG.warn("{}: {}; it is tried again, which is told once an hour", name, failure.getMessage());
    } else {
      LOG.error("{}: failed, and is tried again", name, failure);
    }
  }

  private static boolean isForeseen(Throwable failure) {
    return failure instanceof DatabaseOfflineException
        || failure instanceof AppendRefusedException
        || failure instanceof AppendUnknownException
        || failure instanceof ReadFailedException
        || failure instanceof HaltedException;
  }
}
