package io.replog.node.security;

import io.replog.node.settings.UnusableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that are valid now. The file is looked at again when a key is asked for, at most once a
/// second; a file that cannot be used any more changes nothing and is told of once.
final class ApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger("replog");
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ApiKeyFile file;
  private final LongSupplier nanoTime;
  private final ReentrantLock looking = new ReentrantLock();

  private volatile List<ApiKey> keys;
  private volatile long lookedNanos;

  /// What the file held when it could last be read. Guarded by `looking`.
  private String seen;

  /// Why it could not be used when last looked at, empty when it could. Guarded by `looking`.
  private String trouble = "";

  /// @throws UnusableException if the file cannot be used
  ApiKeys(ApiKeyFile file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.lookedNanos = nanoTime.getAsLong();
    try {
      this.seen = file.text();
      this.keys = file.parse(seen);
    } catch (IOException unusable) {
      throw new UnusableException(words(unusable));
    }
  }

  /// Whose key `secret` is. Takes the same time for each key and for none of them.
  Optional<Identity.Client> find(String secret) {
    lookAgain();
    if (secret.length() < ApiKey.MIN_CHARACTERS || secret.length() > ApiKey.MAX_CHARACTERS) {
      return Optional.empty();
    }
    byte[] hash = ApiKey.hash(secret);
    Optional<Identity.Client> found = Optional.empty();
    for (ApiKey key : keys) {
      if (key.hasHash(hash)) {
        found = Optional.of(key.client());
      }
    }
    return found;
  }

  private void lookAgain() {
    if (nanoTime.getAsLong() - lookedNanos < LOOK_NANOS || !looking.tryLock()) {
      return;
    }
    try {
      lookedNanos = nanoTime.getAsLong();
      read();
    } finally {
      looking.unlock();
    }
  }

  private void read() {
    try {
      String text = file.text();
      if (text.equals(seen) && trouble.isEmpty()) {
        return;
      }
      keys = file.parse(text);
      seen = text;
      trouble = "";
      LOG.info("API keys were read again: {} are valid", keys.size());
    } catch (IOException unusable) {
      if (!unusable.toString().equals(trouble)) {
        trouble = unusable.toString();
        LOG.warn("{}; the keys read before stay valid", words(unusable));
      }
    }
  }

  private String words(IOException unusable) {
    return "API_KEYS_FILE=%s cannot be used: %s".formatted(file.path(), unusable.getMessage());
  }
}
