package io.replog.follower.replicate;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which master speaks to this process over HTTP now, and is obeyed. Word of it that comes by any
/// other way may be old, or meant for somebody who had this name before. For any thread.
@Component
public final class MasterWord {

  /// A master says something twice a second at least.
  static final Duration LASTS = Duration.ofSeconds(3);

  private final LongSupplier nanos;
  private volatile @Nullable Said last;

  /// @param startId the life of the master's core
  private record Said(String startId, long atNanos) {}

  MasterWord() {
    this(System::nanoTime);
  }

  /// @param nanos a clock that never goes back
  MasterWord(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// A batch of this life of a master has come over HTTP and was taken.
  void obeyed(String startId) {
    last = new Said(startId, nanos.getAsLong());
  }

  /// So has a heartbeat, which by itself shows nothing of who is obeyed.
  void heard(String startId) {
    Said before = last;
    if (before != null && before.startId().equals(startId)) {
      obeyed(startId);
    }
  }

  /// The life of the master that has spoken lately, null if none has.
  public @Nullable String startId() {
    Said said = last;
    return said != null && nanos.getAsLong() - said.atNanos() < LASTS.toNanos()
        ? said.startId()
        : null;
  }
}
