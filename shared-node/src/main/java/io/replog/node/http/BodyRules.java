package io.replog.node.http;

import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// How large a body may be, and how slow.
@Component
final class BodyRules {

  private static final long OVERHEAD_BYTES = 64L << 10;
  private static final long BATCH_BYTES = 1L << 20;
  private static final long BATCH_ENTRIES = 1_024;
  private static final long ENTRY_OVERHEAD_BYTES = 256;

  /// Bytes that JSON may need for one byte of text, as in `\u0001`.
  private static final long ESCAPED = 6;

  private final NodeSettings settings;
  private final Duration grace;
  private final long leastBytesPerSecond;

  BodyRules(
      NodeSettings settings,
      @Value("${replog.http.body-grace}") Duration grace,
      @Value("${replog.http.body-bytes-per-second}") long leastBytesPerSecond) {
    this.settings = settings;
    this.grace = grace;
    this.leastBytesPerSecond = leastBytesPerSecond;
  }

  /// Bytes of the largest body for a path.
  long limit(String path) {
    return switch (path) {
      case "/add" -> ESCAPED * settings.maxMessageBytes() + OVERHEAD_BYTES;
      case "/replicate" -> largestBatch();
      default -> OVERHEAD_BYTES;
    };
  }

  /// Whether a body that has brought so many bytes in so many nanoseconds is too slow to go on.
  boolean isTooSlow(long bytes, long elapsedNanos) {
    return elapsedNanos > grace.toNanos()
        && bytes < leastBytesPerSecond * (elapsedNanos / 1_000_000_000.0);
  }

  /// What a master may have accepted under any setting: one entry of the largest size there is, or
  /// a batch of many small ones.
  private static long largestBatch() {
    return ESCAPED * (NodeSettings.LARGEST_MESSAGE_BYTES + BATCH_BYTES)
        + BATCH_ENTRIES * ENTRY_OVERHEAD_BYTES
        + OVERHEAD_BYTES;
  }
}
