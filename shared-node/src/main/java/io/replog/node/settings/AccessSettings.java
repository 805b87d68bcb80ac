package io.replog.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which clients may talk to a node, and how much of it one of them may have. All off by default.
///
/// @param apiKeysFile `API_KEYS_FILE`, null = clients need no key
/// @param maxBlockedWritesPerClient `MAX_BLOCKED_WRITES_PER_CLIENT` of a master, null = one client
///   may have all of `MAX_BLOCKED_WRITES`
/// @param maxTimeout `MAX_TIMEOUT` of a master: the longest that any add may wait, null = as long
///   as it takes
public record AccessSettings(
    @Nullable Path apiKeysFile,
    @Nullable Integer maxBlockedWritesPerClient,
    @Nullable Duration maxTimeout) {

  /// The settings in `values`; names that it does not know are ignored.
  ///
  /// @throws BadSettingException if one of them cannot be used
  static AccessSettings read(Variables variables, Duration longest) {
    return new AccessSettings(
        variables.path("API_KEYS_FILE").orElse(null),
        variables.number("MAX_BLOCKED_WRITES_PER_CLIENT", 1, 1_000_000).orElse(null),
        variables.duration("MAX_TIMEOUT", Duration.ofMillis(1), longest).orElse(null));
  }
}
