package io.replog.node.table;

import io.replog.model.Envelope;
import io.replog.model.Position;
import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.messages.ReadPoint;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.table.Key;
import io.replog.table.Row;
import io.replog.table.Table;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /table`: the keys and values that the transactions shown by this node have made, by page,
/// by key, or as they change.
@RestController
final class TableController {

  private final NodeTable table;
  private final ReadPoint point;
  private final TableTails tails;

  TableController(NodeTable table, ReadPoint point, TableTails tails) {
    this.table = table;
    this.point = point;
    this.tails = tails;
  }

  /// The table, as it stands at the last entry that this node shows.
  ///
  /// A page is of one moment; `next` leads to the page behind it, which may be of a later one.
  @GetMapping("/table")
  @Takes(name = "from", example = "49", says = "First key of the page, which need not be there.")
  @Takes(
      name = "limit",
      allowed = @Allowed(least = 1, most = TableQuery.MAX_LIMIT),
      otherwise = "1000",
      says = "How many rows at most.")
  @Takes(
      name = "min_index",
      allowed = @Allowed(least = 0),
      otherwise = "0",
      says = "The answer waits until this node shows this index: read your own write anywhere.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 0, most = TableQuery.MAX_WAIT_MILLIS),
      otherwise = "0",
      says = "How long it waits for min_index, milliseconds; then the answer is 412.")
  @Gives(
      says = "A page of the table.",
      headers = {
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_FIRST_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.COMMIT_INDEX,
        AnswerHeader.LOG_VERSION,
        AnswerHeader.LOG_BEHIND,
        AnswerHeader.LOG_STALE_MS,
        AnswerHeader.LOG_ID,
        AnswerHeader.NODE,
        AnswerHeader.VARY
      },
      example =
          "{\"status_code\":200,\"message\":\"Table fetched successfully\",\"data\":{\"rows\":["
              + "{\"key\":\"49\",\"value\":\"53\",\"index\":7}],\"next\":null,\"size\":1,"
              + "\"bytes\":164}}")
  @Refuses({ProblemType.PRECONDITION_FAILED, ProblemType.UNAVAILABLE})
  Envelope<TablePage> page(HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    TableQuery query = TableQuery.of(request);
    Page page =
        look(query, (rows, at) -> new Page(TablePage.of(rows, query.from(), query.limit()), at));
    point.describe(response, page.at().index());
    response.setHeader("Vary", "Accept");
    return Envelope.ok("Table fetched successfully", page.rows());
  }

  /// A live tail of its changes, which begins behind the last entry that this node shows unless
  /// `from_index` or `Last-Event-ID` says otherwise, and never ends by itself.
  @GetMapping(path = "/table", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Takes(
      name = "from_index",
      allowed = @Allowed(least = 1),
      says = "First entry whose changes are wanted. Of a live tail only.")
  @Takes(
      name = "Last-Event-ID",
      in = Takes.Place.HEADER,
      allowed = @Allowed(least = 0),
      says = "Id of the last event that the reader of a live tail has seen; it goes on behind.")
  @Gives(
      says =
          "A live tail: an event for each key that a transaction has written, called inserted or"
              + " updated. The last of a transaction has its index as id.",
      type = "text/event-stream",
      body = ChangeEvent.class)
  @Refuses({ProblemType.GONE, ProblemType.NOT_ACCEPTABLE, ProblemType.UNAVAILABLE})
  void tail(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    TableQuery query = TableQuery.of(request);
    Position at = look(query, (_, position) -> position);
    Long wanted = query.fromIndex();
    long first = wanted == null ? at.index() + 1 : wanted;
    tails.requireRemembered(first);
    point.describe(response, at.index());
    response.setHeader("Vary", "Accept");
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    if (!request.getMethod().equals("HEAD")) {
      tails.follow(response, first);
    }
  }

  /// What one key is worth.
  @GetMapping("/table/{key}")
  @Takes(
      name = "key",
      in = Takes.Place.PATH,
      allowed = @Allowed(pattern = Key.PATTERN),
      example = "49",
      says = "The key.")
  @Takes(
      name = "min_index",
      allowed = @Allowed(least = 0),
      otherwise = "0",
      says = "As in GET /table.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 0, most = TableQuery.MAX_WAIT_MILLIS),
      otherwise = "0",
      says = "As in GET /table.")
  @Gives(
      says = "The row.",
      headers = {
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_FIRST_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.COMMIT_INDEX,
        AnswerHeader.LOG_VERSION,
        AnswerHeader.LOG_BEHIND,
        AnswerHeader.LOG_STALE_MS,
        AnswerHeader.LOG_ID,
        AnswerHeader.NODE
      },
      example =
          "{\"status_code\":200,\"message\":\"Row fetched successfully\",\"data\":{\"key\":\"49\","
              + "\"value\":\"53\",\"index\":7}}")
  @Refuses({ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED, ProblemType.UNAVAILABLE})
  Envelope<TableRow> row(
      @PathVariable("key") String key, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    if (!Key.isOne(key)) {
      throw Refusal.badRequest("a key has " + Key.ALLOWED);
    }
    Found found = look(TableQuery.of(request), (rows, at) -> new Found(rows.get(key), at));
    long index = found.at().index();
    point.describe(response, index);
    Row row = found.row();
    if (row == null) {
      throw Refusal.of(
          ProblemType.NOT_FOUND,
          "there is no key %s here, the table stands at #%d".formatted(key, index),
          Map.of("reason", "NO_SUCH_KEY", "log_index", index));
    }
    return Envelope.ok("Row fetched successfully", TableRow.of(row));
  }

  private record Page(TablePage rows, Position at) {}

  private record Found(@Nullable Row row, Position at) {}

  private <T> T look(TableQuery query, BiFunction<Table, Position, T> looking)
      throws InterruptedException {
    point.awaitWhole(query.minIndex(), query.patience());
    return table.look(looking);
  }
}
