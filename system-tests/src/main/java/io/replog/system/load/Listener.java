package io.replog.system.load;

import io.replog.client.cluster.Awaiting;
import io.replog.system.history.History;
import io.replog.system.history.TailPart;
import io.replog.system.history.TailPart.Event;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Tail;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// A client that follows the live tail of one node, hangs up now and then, and resumes behind the
/// last event that it has got.
public final class Listener implements Runnable {

  private static final Duration BEFORE_RETRY = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final NodeClient node;
  private final History history;
  private final RandomGenerator random;
  private final Run run;
  private long last;

  public Listener(String name, NodeClient node, History history, RandomGenerator random, Run run) {
    this.name = name;
    this.node = node;
    this.history = history;
    this.random = random;
    this.run = run;
  }

  @Override
  public void run() {
    while (run.goesOn()) {
      listen();
      run.pause(BEFORE_RETRY);
    }
  }

  private void listen() {
    Tail tail;
    try {
      tail = last == 0 ? Tail.open(node, "/messages?from=1") : resume();
    } catch (UncheckedIOException _) {
      return;
    }
    try (tail) {
      Duration patience = Duration.ofMillis(random.nextInt(500, 4_000));
      Awaiting.until(() -> tail.hasEnded() || !run.goesOn(), patience);
    }
    if (Awaiting.until(tail::hasEnded, END_LIMIT)) {
      note(tail.events());
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
