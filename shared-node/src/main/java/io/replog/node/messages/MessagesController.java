package io.replog.node.messages;

import io.replog.log.LogCursor;
import io.replog.log.RawEntry;
import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.http.Places;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /messages`: what this node shows, streamed from disk in bounded memory.
@RestController
final class MessagesController {

  /// Two buffers, one of the disk and one of the answer, and what the web server keeps.
  private static final int READ_BYTES = 160 << 10;

  private final Places reading =
      new Places(Places.bearable(READ_BYTES), "calls that read messages", "TOO_MANY_READS");

  private final NodeLog log;
  private final ReadPoint point;
  private final LiveTails tails;

  MessagesController(NodeLog log, ReadPoint point, LiveTails tails) {
    this.log = log;
    this.point = point;
    this.tails = tails;
  }

  /// The messages that this node shows.
  ///
  /// They are a gap-free prefix of one order that is the same on every node. `Accept` chooses the
  /// form: a JSON document, one full record a line, or a live tail, which begins behind the newest
  /// message unless `from` or `Last-Event-ID` says otherwise, and never ends by itself.
  @GetMapping("/messages")
  @Takes(
      name = "from",
      allowed = @Allowed(least = 1),
      example = "1",
      says =
          "First index of the page; without it a page begins with the first message that is kept."
              + " Beyond the end the page is empty.")
  @Takes(
      name = "limit",
      allowed = @Allowed(least = 1),
      example = "10",
      says = "How many messages at most, all when absent.")
  @Takes(
      name = "view",
      allowed = @Allowed(words = {"plain", "full"}),
      otherwise = "plain",
      says =
          "Whether the JSON document has full records instead of texts alone; lines and events"
              + " always have.")
  @Takes(
      name = "read_concern",
      allowed = @Allowed(words = {"local", "majority"}),
      otherwise = "local",
      says =
          "Whether everything that this node holds is shown, or only what a majority holds, which"
              + " never disappears again.")
  @Takes(
      name = "min_index",
      allowed = @Allowed(least = 0),
      otherwise = "0",
      says = "The answer waits until this node shows this index: read your own write anywhere.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 0, most = 60_000),
      otherwise = "0",
      says = "How long it waits for min_index, milliseconds; then the answer is 412.")
  @Takes(
      name = "Last-Event-ID",
      in = Takes.Place.HEADER,
      allowed = @Allowed(least = 0),
      says = "Index of the last event that the reader of a live tail has seen; it goes on behind.")
  @Gives(
      says = "The messages, in the order of the log.",
      data = PlainRecord.class,
      list = true,
      headers = {
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_FIRST_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.COMMIT_INDEX,
        AnswerHeader.LOG_ID,
        AnswerHeader.LOG_VERSION,
        AnswerHeader.LOG_BEHIND,
        AnswerHeader.LOG_STALE_MS,
        AnswerHeader.NODE,
        AnswerHeader.VARY
      },
      example =
          "{\"status_code\":200,\"message\":\"Messages fetched successfully\","
              + "\"data\":[{\"text\":\"msg1\"}]}")
  @Gives(says = "The same with view=full.", data = FullRecord.class, list = true)
  @Gives(
      says = "One full record a line, streamed.",
      type = "application/x-ndjson",
      body = FullRecord.class)
  @Gives(
      says = "A live tail: the id of an event is its index, its data the full record.",
      type = "text/event-stream",
      body = FullRecord.class)
  @Refuses({
    ProblemType.NOT_ACCEPTABLE,
    ProblemType.GONE,
    ProblemType.PRECONDITION_FAILED,
    ProblemType.UNAVAILABLE
  })
  void messages(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    Representation form = Representation.choose(accept(request));
    ReadQuery query = ReadQuery.of(request, log.firstIndex());
    long shown = point.await(query);
    point.describe(response, shown);
    response.setHeader("Vary", "Accept");
    response.setContentType(form.mediaType());
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    if (form == Representation.TAIL) {
      tails.follow(response, query, shown);
    } else {
      reading.take();
      try {
        write(form, response, query, shown);
      } finally {
        reading.giveBack();
      }
    }
  }

  private void write(Representation form, HttpServletResponse response, ReadQuery query, long shown)
      throws IOException {
    if (form == Representation.LINES) {
      writeLines(response, query, shown);
    } else {
      writeDocument(response, query, shown);
    }
  }

  private void writeDocument(HttpServletResponse response, ReadQuery query, long shown)
      throws IOException {
    RecordWriter out = new RecordWriter(response.getOutputStream());
    out.raw("{\"status_code\":200,\"message\":\"Messages fetched successfully\",\"data\":[");
    each(
        query,
        shown,
        entry -> {
          if (entry.index() > query.first()) {
            out.raw(",");
          }
          if (query.full()) {
            out.full(entry);
          } else {
            out.plain(entry);
          }
        });
    out.raw("]}");
    out.flush();
  }

  private void writeLines(HttpServletResponse response, ReadQuery query, long shown)
      throws IOException {
    RecordWriter out = new RecordWriter(response.getOutputStream());
    each(
        query,
        shown,
        entry -> {
          out.full(entry);
          out.raw("\n");
        });
    out.flush();
  }

  private void each(ReadQuery query, long shown, Writing write) throws IOException {
    long last = query.last(shown);
    if (query.first() > last) {
      return;
    }
    try {
      log.noticeDamage(() -> copy(query.first(), last, write));
    } catch (BrokenConnectionException broken) {
      throw broken.failure;
    }
  }

  private void copy(long first, long last, Writing write) {
    try (LogCursor cursor = log.cursor(first)) {
      for (long index = first; index <= last; index++) {
        RawEntry entry = cursor.nextRaw();
        if (entry == null || entry.index() != index) {
          throw Refusal.damaged();
        }
        write.write(entry);
      }
    } catch (IOException gone) {
      throw new BrokenConnectionException(gone);
    }
  }

  /// Puts one entry into the answer.
  @FunctionalInterface
  private interface Writing {
    void write(RawEntry entry) throws IOException;
  }

  /// The reader is gone: nothing to do with the log, whose failures are unchecked too.
  private static final class BrokenConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final IOException failure;

    BrokenConnectionException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private static String accept(HttpServletRequest request) {
    List<String> lines = Collections.list(request.getHeaders("Accept"));
    return String.join(",", lines);
  }
}
