package io.replog.master.trace;

import io.replog.master.cluster.MasterLoop;
import io.replog.model.Envelope;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.log.NodeLog;
import io.replog.node.loop.CoreLoop;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /messages/{index}/trace`: what the master knows of the course of one message.
@RestController
final class TraceController {

  private static final int MAX_DIGITS = 18;

  private final MasterLoop loop;
  private final TraceRing ring;
  private final NodeLog log;

  TraceController(MasterLoop loop, TraceRing ring, NodeLog log) {
    this.loop = loop;
    this.ring = ring;
    this.log = log;
  }

  /// When each node received, persisted and acknowledged one message.
  ///
  /// Known of the last 4,096 messages since the start of the master. Every moment is one of the
  /// master's clock; one that has not come, or is not known, is null.
  @Takes(
      name = "index",
      in = Takes.Place.PATH,
      allowed = @Allowed(least = 1),
      example = "1",
      says = "Index of the message.")
  @Gives(says = "Its course so far.")
  @Refuses({ProblemType.NOT_FOUND, ProblemType.GONE, ProblemType.UNAVAILABLE})
  @GetMapping(path = "/messages/{index}/trace", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<TraceAnswer> trace(@PathVariable("index") String text) throws InterruptedException {
    long index = parse(text);
    Trace trace = find(index).orElseThrow(() -> notFound(index));
    return Envelope.ok("Trace fetched successfully", ring.answer(trace));
  }

  private Optional<Trace> find(long index) throws InterruptedException {
    try {
      return loop.ask(() -> Optional.ofNullable(ring.copyOf(index)))
          .get(CoreLoop.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAnswered) {
      throw Refusal.unavailable("the core is busy or has ended", "OVERLOADED", 1);
    }
  }

  private Refusal notFound(long index) {
    long shown = log.shownIndex();
    if (index < log.firstIndex()) {
      return Refusal.released(index, log.firstIndex());
    }
    return Refusal.of(
        ProblemType.NOT_FOUND,
        index > shown
            ? "there is no message %d here, the last one is %d".formatted(index, shown)
            : "the trace of message %d is not known any more: the last %d since the start are kept"
                .formatted(index, TraceRing.CAPACITY));
  }

  private static long parse(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > MAX_DIGITS || Long.parseLong(text) < 1) {
      throw Refusal.badRequest("index must be an integer, at least 1");
    }
    return Long.parseLong(text);
  }
}
