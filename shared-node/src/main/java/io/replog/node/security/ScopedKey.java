package io.replog.node.security;

import org.jspecify.annotations.Nullable;

/// An idempotency key as the log keeps it. Clients with keys of their own cannot meet one
/// another's: theirs are kept as `billing order-17`, name and key parted by a space, which neither
/// may contain. Where clients are not asked who they are it is kept as it was sent.
public final class ScopedKey {

  private static final char SEPARATOR = ' ';

  private ScopedKey() {}

  /// What is kept for a key that somebody has sent.
  public static @Nullable String of(Identity sender, @Nullable String key) {
    return key != null && sender instanceof Identity.Client client
        ? client.name() + SEPARATOR + key
        : key;
  }

  /// The key as it was sent.
  public static @Nullable String asSent(@Nullable String kept) {
    return kept == null ? null : kept.substring(kept.indexOf(SEPARATOR) + 1);
  }
}
