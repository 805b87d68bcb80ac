package io.replog.node.http;

import io.replog.node.problem.Printable;
import io.replog.node.security.Area;
import io.replog.node.settings.NodeSettings;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// How large a body may be, and how slow.
@Component
final class BodyRules {

  private static final long BATCH_BYTES = 1L << 20;
  private static final long BATCH_ENTRIES = 4_096;
  private static final long ENTRY_OVERHEAD_BYTES = 256;

  private static final String LINES = "application/x-ndjson";

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  private final NodeSettings settings;
  private final Duration grace;
  private final long leastBytesPerSecond;
  private final BodyBudget clients;
  private final BodyBudget nodes;
  private volatile boolean stopping;

  BodyRules(
      NodeSettings settings,
      @Value("${replog.http.body-grace}") Duration grace,
      @Value("${replog.http.body-bytes-per-second}") long leastBytesPerSecond,
      @Value("${replog.http.body-budget}") DataSize budget) {
    this.settings = settings;
    this.grace = grace;
    this.leastBytesPerSecond = leastBytesPerSecond;
    long together = Math.min(budget.toBytes(), Runtime.getRuntime().maxMemory() / 4);
    this.clients = new BodyBudget(together);
    this.nodes = new BodyBudget(together);
  }

  /// From here on a body that breaks off does so because the web server closes its connections.
  @EventListener(ContextClosedEvent.class)
  void stop() {
    stopping = true;
  }

  /// Whether bodies that break off are not to blame on who sends them.
  boolean isStopping() {
    return stopping;
  }

  /// What a body for a path shares with others: clients cannot use up what nodes need.
  BodyBudget budget(String path) {
    return Area.isInternal(path) ? nodes : clients;
  }

  /// Whether a body is many messages, which are read one by one and never held together.
  static boolean isBulk(String path, @Nullable String contentType) {
    return path.equals("/add")
        && contentType != null
        && contentType.strip().regionMatches(true, 0, LINES, 0, LINES.length());
  }

  /// Bytes of the largest body for a path.
  ///
  /// @param bulk see [#isBulk]
  long limit(String path, boolean bulk) {
    return switch (path) {
      case "/add" -> bulk ? settings.maxBulkBytes() : settings.maxAddBytes();
      case "/transactions" -> settings.maxAddBytes();
      case "/replicate" -> largestBatch();
      default -> NodeSettings.OVERHEAD_BYTES;
    };
  }

  /// Whether a body that has brought so many bytes in so many nanoseconds is too slow to go on.
  boolean isTooSlow(long bytes, long elapsedNanos) {
    return isGrace(elapsedNanos) && bytes < leastBytesPerSecond * (elapsedNanos / 1_000_000_000.0);
  }

  /// Whether so much time has passed that the pace of a body is looked at.
  boolean isGrace(long elapsedNanos) {
    return elapsedNanos > grace.toNanos();
  }

  /// Whether a read that failed after so long has failed for want of bytes: the web server then
  /// reports a timeout, or a connection that its own timer has closed.
  boolean isSilence(long waitedNanos) {
    return waitedNanos > grace.toNanos() * 9 / 10;
  }

  /// Why the coding of a body cannot be read, null when it can: JSON is UTF-8 here, uncompressed.
  static @Nullable String unreadable(@Nullable String contentType, @Nullable String coding) {
    if (coding != null && !coding.isBlank() && !"identity".equalsIgnoreCase(coding.strip())) {
      return "Content-Encoding %s is not read here".formatted(Printable.of(coding));
    }
    String charset = charset(contentType);
    return charset == null || "utf-8".equalsIgnoreCase(charset)
        ? null
        : "charset %s is not read here: JSON is UTF-8".formatted(Printable.of(charset));
  }

  private static @Nullable String charset(@Nullable String contentType) {
    Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
    return matcher.find() ? matcher.group(1) : null;
  }

  /// What a master may have accepted under any setting: one entry of the largest size there is, or
  /// a batch of many small ones.
  private static long largestBatch() {
    return NodeSettings.ESCAPED_BYTES * (NodeSettings.LARGEST_MESSAGE_BYTES + BATCH_BYTES)
        + BATCH_ENTRIES * ENTRY_OVERHEAD_BYTES
        + NodeSettings.OVERHEAD_BYTES;
  }
}
