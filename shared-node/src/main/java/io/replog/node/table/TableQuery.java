package io.replog.node.table;

import io.replog.node.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a reader of the table asks for.
///
/// @param from first key of a page, empty for the first of all
/// @param limit rows at most
/// @param minIndex the answer waits until this node shows this index, 0 when not given
/// @param patience how long it waits, up to a minute
/// @param fromIndex first entry whose changes a live tail has, null = those behind the newest
record TableQuery(
    String from, int limit, long minIndex, Duration patience, @Nullable Long fromIndex) {

  static final int MAX_LIMIT = 10_000;
  static final int DEFAULT_LIMIT = 1_000;
  static final long MAX_WAIT_MILLIS = 60_000;

  static TableQuery of(HttpServletRequest request) {
    Parameters parameters = new Parameters(request);
    String from = parameters.text("from");
    return new TableQuery(
        from == null ? "" : from,
        (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        parameters.number("min_index", 0, 0, Long.MAX_VALUE),
        Duration.ofMillis(parameters.number("wait_ms", 0, 0, MAX_WAIT_MILLIS)),
        fromIndex(parameters.text("from_index"), request.getHeader("Last-Event-ID")));
  }

  private static @Nullable Long fromIndex(
      @Nullable String fromIndex, @Nullable String lastEventId) {
    Long first =
        fromIndex == null ? null : Parameters.parse("from_index", fromIndex, 1, Long.MAX_VALUE);
    return lastEventId == null || lastEventId.isEmpty()
        ? first
        : Long.valueOf(1 + Parameters.parse("Last-Event-ID", lastEventId, 0, Long.MAX_VALUE - 1));
  }
}
