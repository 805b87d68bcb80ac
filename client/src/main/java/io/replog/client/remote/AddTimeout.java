package io.replog.client.remote;

import io.replog.client.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long an add waits for other nodes, as people write it.
public final class AddTimeout {

  private static final long MAX_MILLIS = 86_400_000;

  private AddTimeout() {}

  /// @param written null for no limit
  /// @throws Failure if it is none
  public static @Nullable Duration parse(@Nullable String written) {
    return written == null ? null : DurationOption.parse("--timeout", written, MAX_MILLIS);
  }
}
