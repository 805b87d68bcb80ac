package io.replog.node.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.node.shutdown.FailStop;
import io.replog.replication.LogView;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;

/// The log as the thread that owns the core sees it: looking up a position costs a file only the
/// first time, and a disk that cannot be read stops the node as a failure of its log. A damaged
/// record only ends the core: the log is opened anew then, and another core goes on.
///
/// Positions never change, so one that is remembered is right for ever. Of two that share a place
/// the later one stays; 1,024 places, 48 KiB. For any thread.
public final class CoreLogView implements LogView {

  private static final int PLACES_BITS = 10;

  /// Spreads indexes, also those at equal distances, over the places.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final LogView log;
  private final FailStop failStop;
  private final AtomicReferenceArray<Position> remembered =
      new AtomicReferenceArray<>(1 << PLACES_BITS);

  /// @param log where the entries are
  public CoreLogView(LogView log, FailStop failStop) {
    this.log = log;
    this.failStop = failStop;
  }

  /// Notes a position that somebody has read, because the core is about to ask for it.
  public void remember(Position position) {
    remembered.set(place(position.index()), position);
  }

  @Override
  public Position base() {
    return log.base();
  }

  @Override
  public Position positionAt(long index) {
    Position known = remembered.get(place(index));
    if (known != null && known.index() == index) {
      return known;
    }
    Position found = read(index, log::positionAt);
    remember(found);
    return found;
  }

  @Override
  public Entry entryAt(long index) {
    return read(index, log::entryAt);
  }

  /// The exception goes on: the core must not finish its step.
  private <T> T read(long index, LongFunction<T> reading) {
    try {
      return reading.apply(index);
    } catch (UncheckedIOException unreadable) {
      throw stopped("#%d, %s".formatted(index, unreadable.getCause()), unreadable);
    }
  }

  private RuntimeException stopped(String what, RuntimeException cause) {
    failStop.stop(FailStop.LOG_FAILED, "the log could not be read: " + what, cause);
    return cause;
  }

  private static int place(long index) {
    return (int) ((index * SPREAD) >>> (Long.SIZE - PLACES_BITS));
  }
}
