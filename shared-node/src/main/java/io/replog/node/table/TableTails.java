package io.replog.node.table;

import io.replog.node.log.NodeLog.Waited;
import io.replog.node.messages.TailPlaces;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Live tails of the table's changes, made as those of messages are: each is the virtual thread of
/// its request, there is no queue per client, and what is sent is shared by all of them. One that
/// has fallen behind what is remembered ends; its client comes back and is told.
@Component
final class TableTails {

  private static final int BATCH_TRANSACTIONS = 256;
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final NodeTable table;
  private final TailPlaces places;

  TableTails(NodeTable table, TailPlaces places) {
    this.table = table;
    this.places = places;
  }

  /// @throws Refusal 410 if changes from `first` on are not remembered any more
  void requireRemembered(long first) {
    long remembered = table.changes().firstIndex();
    if (first < remembered) {
      throw Refusal.of(
          ProblemType.GONE,
          "changes before #%d are not remembered any more: read GET /table and go on from its Log-Index"
              .formatted(remembered),
          Map.of("reason", "CHANGES_FORGOTTEN", "first_index", remembered));
    }
  }

  /// Sends events until the client leaves, the tail falls behind, or the node stops.
  ///
  /// @param first entry whose changes come first
  void follow(HttpServletResponse response, long first) throws IOException, InterruptedException {
    try (TailPlaces.Place _ = places.take()) {
      TailPlaces.open(response);
      long next = first;
      while (next > 0) {
        next = send(response, next);
        response.flushBuffer();
      }
    }
  }

  /// @return where to go on, 0 when it ends
  private long send(HttpServletResponse response, long next)
      throws IOException, InterruptedException {
    return switch (table.awaitChange(next, QUIET)) {
      case Waited.REACHED -> sendFrom(response.getOutputStream(), next);
      case Waited.TIMED_OUT -> {
        TailPlaces.keepAlive(response.getOutputStream());
        yield next;
      }
      case Waited.STOPPING, Waited.REFUSED -> 0;
    };
  }

  private long sendFrom(OutputStream out, long next) throws IOException {
    List<RecentChanges.Events> batch = table.changes().from(next, BATCH_TRANSACTIONS);
    if (batch == null || batch.isEmpty()) {
      return 0;
    }
    for (RecentChanges.Events events : batch) {
      out.write(events.bytes());
    }
    return batch.getLast().index() + 1;
  }
}
