package io.replog.node.messages;

import io.replog.node.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a reader asks for.
///
/// @param from first index, at least 1; null when not given
/// @param limit messages at most, at least 1
/// @param minIndex the answer waits until this index is shown, 0 when not given
/// @param patience how long it waits, up to a minute
/// @param concern what may be shown
/// @param full whether the JSON document has full records
/// @param lastEventId last index that a live tail has seen, null when not given
/// @param firstKept first index that this node keeps, where a page without `from` begins
record ReadQuery(
    @Nullable Long from,
    long limit,
    long minIndex,
    Duration patience,
    ReadConcern concern,
    boolean full,
    @Nullable Long lastEventId,
    long firstKept) {

  private static final long MAX_WAIT_MILLIS = 60_000;

  static ReadQuery of(HttpServletRequest request, long firstKept) {
    Parameters parameters = new Parameters(request);
    String from = parameters.text("from");
    return new ReadQuery(
        from == null ? null : Parameters.parse("from", from, 1, Long.MAX_VALUE),
        parameters.number("limit", Long.MAX_VALUE, 1, Long.MAX_VALUE),
        parameters.number("min_index", 0, 0, Long.MAX_VALUE),
        Duration.ofMillis(parameters.number("wait_ms", 0, 0, MAX_WAIT_MILLIS)),
        concern(parameters.text("read_concern")),
        full(parameters.text("view")),
        lastEventId(request.getHeader("Last-Event-ID")),
        firstKept);
  }

  /// First index that is asked for by number, null when none is.
  @Nullable Long wanted() {
    return lastEventId == null ? from : Long.valueOf(lastEventId + 1);
  }

  /// First index of a page.
  long first() {
    return from == null ? firstKept : from;
  }

  /// Last index of a page that shows everything up to `shown`.
  long last(long shown) {
    long beforeFirst = first() - 1;
    return limit > Long.MAX_VALUE - beforeFirst ? shown : Math.min(shown, beforeFirst + limit);
  }

  static ReadConcern concern(@Nullable String value) {
    return switch (value) {
      case null -> ReadConcern.LOCAL;
      case "local" -> ReadConcern.LOCAL;
      case "majority" -> ReadConcern.MAJORITY;
      default -> throw Parameters.unknownWord("read_concern", value, "local or majority");
    };
  }

  private static boolean full(@Nullable String value) {
    return switch (value) {
      case null -> false;
      case "plain" -> false;
      case "full" -> true;
      default -> throw Parameters.unknownWord("view", value, "plain or full");
    };
  }

  private static @Nullable Long lastEventId(@Nullable String value) {
    return value == null || value.isEmpty()
        ? null
        : Long.valueOf(Parameters.parse("Last-Event-ID", value, 0, Long.MAX_VALUE - 1));
  }
}
