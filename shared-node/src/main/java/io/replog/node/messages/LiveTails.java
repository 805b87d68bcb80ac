package io.replog.node.messages;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.node.log.NodeLog.Waited;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Live tails: each is the virtual thread of its request, which reads the log and waits for more.
/// There is no queue per client; one that does not read blocks only its own thread, and the web
/// server's write timeout ends it.
@Component
final class LiveTails implements MeterBinder {

  private static final int MAX_TAILS = 1_000;
  private static final int BATCH_ENTRIES = 256;
  private static final int BATCH_BYTES = 1 << 20;
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final NodeLog log;
  private final ReadPoint point;
  private final JsonMapper json;
  private final Semaphore places = new Semaphore(MAX_TAILS);

  LiveTails(NodeLog log, ReadPoint point, JsonMapper json) {
    this.log = log;
    this.point = point;
    this.json = json;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("replog.live.tails", places, free -> MAX_TAILS - free.availablePermits())
        .description("live tails open now")
        .register(registry);
  }

  /// Sends events until the client leaves, the limit is reached, or the node stops.
  void follow(HttpServletResponse response, ReadQuery query, long shown)
      throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw Refusal.unavailable(
          "there are %d live tails already".formatted(MAX_TAILS), "TOO_MANY_TAILS", 5);
    }
    try {
      response.setHeader("X-Accel-Buffering", "no");
      OutputStream out = response.getOutputStream();
      out.write(COMMENT);
      response.flushBuffer();
      send(response, query, firstOf(query, shown));
    } finally {
      places.release();
    }
  }

  private static long firstOf(ReadQuery query, long shown) {
    Long seen = query.lastEventId();
    if (seen != null) {
      return seen + 1;
    }
    Long from = query.from();
    return from == null ? shown + 1 : from;
  }

  private void send(HttpServletResponse response, ReadQuery query, long first)
      throws IOException, InterruptedException {
    long next = first;
    long left = query.limit();
    while (left > 0) {
      switch (point.awaitIndex(query.concern(), next, QUIET)) {
        case Waited.REACHED -> {
          long sent = sendShown(response, query.concern(), next, left);
          next += sent;
          left -= sent;
        }
        case Waited.TIMED_OUT -> response.getOutputStream().write(COMMENT);
        case Waited.STOPPING, Waited.REFUSED -> left = 0;
      }
      response.flushBuffer();
    }
  }

  /// Sends what is shown from `next` on.
  ///
  /// @return messages sent
  /// @throws Refusal 503 if the log was opened anew meanwhile and ends earlier than before
  private long sendShown(HttpServletResponse response, ReadConcern concern, long next, long atMost)
      throws IOException, InterruptedException {
    long shown = point.shown(concern);
    long last = atMost > shown - next ? shown : next + atMost - 1;
    long at = next;
    while (at <= last) {
      List<Entry> batch = log.readBatch(at, entries(last - at + 1), BATCH_BYTES);
      if (batch.isEmpty()) {
        throw Refusal.damaged();
      }
      for (Entry entry : batch) {
        response.getOutputStream().write(event(entry));
        at = entry.index() + 1;
      }
    }
    return at - next;
  }

  private static int entries(long wanted) {
    return (int) Math.min(wanted, BATCH_ENTRIES);
  }

  private byte[] event(Entry entry) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(entry.text().length() + 128);
    event.writeBytes(("id: " + entry.index() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator out = json.createGenerator(event)) {
      Records.full(out, entry);
    }
    event.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    return event.toByteArray();
  }
}
