package io.replog.node.messages;

import io.replog.log.LogCursor;
import io.replog.log.RawEntry;
import io.replog.node.log.NodeLog;
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

  private final NodeLog log;
  private final ReadPoint point;
  private final LiveTails tails;

  MessagesController(NodeLog log, ReadPoint point, LiveTails tails) {
    this.log = log;
    this.point = point;
    this.tails = tails;
  }

  @GetMapping("/messages")
  void messages(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    Representation form = Representation.choose(accept(request));
    ReadQuery query = ReadQuery.of(request, log.firstIndex());
    long shown = point.await(query);
    point.describe(response, shown);
    response.setHeader("Vary", "Accept");
    response.setContentType(form.mediaType());
    if (!request.getMethod().equals("HEAD")) {
      switch (form) {
        case JSON -> writeDocument(response, query, shown);
        case LINES -> writeLines(response, query, shown);
        case TAIL -> tails.follow(response, query, shown);
      }
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
