package io.replog.node.messages;

import io.replog.model.Entry;
import io.replog.node.log.NodeLog;
import io.replog.node.log.NodeLog.Waited;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/// Live tails: each is the virtual thread of its request, which reads the log and waits for more.
/// There is no queue per client; one that does not read blocks only its own thread, and the web
/// server's write timeout ends it. What all of them hold in memory while they send is bounded: a
/// tail for which nothing is left ends, and its client comes back with the last id it has seen.
@Component
final class LiveTails {

  private static final int BATCH_ENTRIES = 256;
  private static final int BATCH_BYTES = 64 << 10;

  /// A message in memory: two bytes a character at most, and what stands around it.
  private static final int BYTES_PER_CHARACTER = 2;

  private static final int MESSAGE_BYTES = 256;
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final NodeLog log;
  private final ReadPoint point;
  private final EncodedEvents events;
  private final TailPlaces places;

  /// Most bytes that messages on their way may hold in memory. A message above it goes alone.
  private final int budget;

  /// What of the budget is free.
  private final Semaphore memory;

  LiveTails(
      NodeLog log,
      ReadPoint point,
      TailPlaces places,
      JsonMapper json,
      @Value("${replog.http.tail-budget}") DataSize budget) {
    this.log = log;
    this.point = point;
    this.places = places;
    this.events = new EncodedEvents(Records.writer(json));
    this.budget = (int) Math.min(budget.toBytes(), Runtime.getRuntime().maxMemory() / 8);
    this.memory = new Semaphore(this.budget);
  }

  /// Sends events until the client leaves, the limit is reached, or the node stops.
  void follow(HttpServletResponse response, ReadQuery query, long shown)
      throws IOException, InterruptedException {
    try (TailPlaces.Place _ = places.take()) {
      TailPlaces.open(response);
      send(response, query, firstOf(query, shown));
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
    OutputStream out = response.getOutputStream();
    long next = first;
    long left = query.limit();
    while (left > 0) {
      switch (point.awaitIndex(query.concern(), next, QUIET)) {
        case Waited.REACHED -> {
          List<Entry> batch = batch(query.concern(), next, left);
          next += batch.size();
          left = hasSent(out, batch) ? left - batch.size() : 0;
        }
        case Waited.TIMED_OUT -> TailPlaces.keepAlive(out);
        case Waited.STOPPING, Waited.REFUSED -> left = 0;
      }
      response.flushBuffer();
    }
  }

  /// Some of what is shown.
  private List<Entry> batch(ReadConcern concern, long from, long atMost)
      throws InterruptedException {
    long ready = Math.min(atMost, point.shown(concern) - from + 1);
    return ready < 1
        ? List.of()
        : log.readBatch(from, (int) Math.min(ready, BATCH_ENTRIES), BATCH_BYTES);
  }

  /// Sends them, unless there is no memory for more messages on their way.
  private boolean hasSent(OutputStream out, List<Entry> batch) throws IOException {
    int bytes = Math.min(bytesInMemory(batch), budget);
    if (!memory.tryAcquire(bytes)) {
      return false;
    }
    try {
      for (Entry entry : batch) {
        out.write(events.of(entry));
      }
    } finally {
      memory.release(bytes);
    }
    return true;
  }

  private static int bytesInMemory(List<Entry> batch) {
    return batch.stream()
        .mapToInt(entry -> MESSAGE_BYTES + entry.text().length() * BYTES_PER_CHARACTER)
        .sum();
  }
}
