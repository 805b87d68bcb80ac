package io.replog.system.load;

import io.replog.client.cluster.Awaiting;
import io.replog.system.history.FailedAnswer;
import io.replog.system.history.History;
import io.replog.system.history.Reading;
import io.replog.system.history.Reading.Way;
import io.replog.system.history.RefusedRead;
import io.replog.system.history.TailPart;
import io.replog.system.history.TailPart.Event;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.RefusedException;
import io.replog.system.kit.Tail;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client that follows the live tail of one node, hangs up now and then, and resumes behind the
/// last event that it has got.
public final class Listener implements Runnable {

  private static final Duration BEFORE_RETRY = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final NodeClient node;
  private final BooleanSupplier fails;
  private final History history;
  private final RandomGenerator random;
  private final Run run;
  private long last;

  /// @param fails whether a fault is at work just now by which the node has to fail
  public Listener(
      String name,
      NodeClient node,
      BooleanSupplier fails,
      History history,
      RandomGenerator random,
      Run run) {
    this.name = name;
    this.node = node;
    this.fails = fails;
    this.history = history;
    this.random = random;
    this.run = run;
  }

  @Override
  public void run() {
    history.reads(reading());
    while (run.goesOn()) {
      listen(Long.MAX_VALUE, Duration.ofMillis(random.nextInt(500, 4_000)));
      run.pause(BEFORE_RETRY);
    }
  }

  private Reading reading() {
    return new Reading(name, Way.TAIL);
  }

  /// Listens until the event of this index has come, as far as it comes in time, resuming where the
  /// node ends the tail.
  void listenUntil(long index, Duration limit) {
    Awaiting.until(
        () -> {
          listen(index, limit);
          return last >= index;
        },
        limit);
  }

  private void listen(long until, Duration patience) {
    boolean failing = fails.getAsBoolean();
    Tail tail;
    try {
      tail = last == 0 ? Tail.open(node, "/messages?from=1") : resume();
    } catch (UncheckedIOException failed) {
      noteRefusal(failed.getCause(), failing || fails.getAsBoolean());
      return;
    }
    try (tail) {
      Awaiting.until(() -> tail.hasEnded() || !run.goesOn() || brings(tail, until), patience);
    }
    if (Awaiting.until(tail::hasEnded, END_LIMIT)) {
      note(tail.events());
    }
  }

  private static boolean brings(Tail tail, long index) {
    List<Tail.Event> events = tail.events();
    return !events.isEmpty() && Long.parseLong(events.getLast().id()) >= index;
  }

  private void noteRefusal(@Nullable Throwable why, boolean expected) {
    if (why instanceof RefusedException refused) {
      history.add(new RefusedRead(reading(), refused.status()));
      if (refused.status() == 500) {
        history.add(new FailedAnswer(name, "a tail", why.toString(), expected));
      }
    }
  }

  private Tail resume() {
    return Tail.open(node, "/messages", "Last-Event-ID", Long.toString(last));
  }

  private void note(List<Tail.Event> events) {
    if (!events.isEmpty()) {
      TailPart part = new TailPart(name, last, events.stream().map(Listener::read).toList());
      history.add(part);
      last = part.events().getLast().index();
    }
  }

  private static Event read(Tail.Event event) {
    return new Event(Long.parseLong(event.id()), Json.parse(event.data()).get("text").asString());
  }
}
