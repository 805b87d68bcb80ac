package io.replog.node.messages;

import io.replog.log.LogCursor;
import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// `GET /messages`: what this node shows, streamed from disk in bounded memory.
@RestController
final class MessagesController {

  private final NodeLog log;
  private final ReadPoint point;
  private final LiveTails tails;
  private final ObjectWriter json;

  MessagesController(NodeLog log, ReadPoint point, LiveTails tails, JsonMapper json) {
    this.log = log;
    this.point = point;
    this.tails = tails;
    this.json = Records.writer(json);
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
    try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
      out.writeStartObject();
      out.writeNumberProperty("status_code", 200);
      out.writeStringProperty("message", "Messages fetched successfully");
      out.writeArrayPropertyStart("data");
      each(query, shown, query.full() ? Records::full : Records::plain, out);
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private void writeLines(HttpServletResponse response, ReadQuery query, long shown)
      throws IOException {
    try (JsonGenerator out =
        json.withRootValueSeparator("\n").createGenerator(response.getOutputStream())) {
      each(query, shown, Records::full, out);
      if (query.first() <= query.last(shown)) {
        out.writeRaw('\n');
      }
    }
  }

  private void each(
      ReadQuery query, long shown, BiConsumer<JsonGenerator, Entry> write, JsonGenerator out) {
    long last = query.last(shown);
    if (query.first() > last) {
      return;
    }
    log.noticeDamage(() -> copy(query.first(), last, entry -> write.accept(out, entry)));
  }

  private void copy(long first, long last, Consumer<Entry> write) {
    try (LogCursor cursor = log.cursor(first)) {
      for (long index = first; index <= last; index++) {
        Entry entry = cursor.next();
        if (entry == null || entry.index() != index) {
          throw Refusal.damaged();
        }
        write.accept(entry);
      }
    }
  }

  private static String accept(HttpServletRequest request) {
    List<String> lines = Collections.list(request.getHeaders("Accept"));
    return String.join(",", lines);
  }
}
