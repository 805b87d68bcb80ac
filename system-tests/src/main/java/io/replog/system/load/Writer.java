package io.replog.system.load;

import io.replog.system.history.Attempt;
import io.replog.system.history.FailedAnswer;
import io.replog.system.history.History;
import io.replog.system.history.Outcome;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Outcome.Refused;
import io.replog.system.history.Outcome.Unknown;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// A client that adds one message after the other with changing write concerns. Those that carry an
/// idempotency key are repeated until their outcome is known.
public final class Writer implements Runnable {

  private static final Duration BEFORE_RETRY = Duration.ofMillis(50);

  /// How often the pause before a retry doubles at most.
  private static final int MOST_DOUBLINGS = 3;

  private final String name;
  private final NodeClient master;
  private final History history;
  private final RandomGenerator random;
  private final Run run;
  private final WriterHabits habits;
  private int sequence;

  /// @param name unique within the history
  public Writer(
      String name,
      NodeClient master,
      History history,
      RandomGenerator random,
      Run run,
      WriterHabits habits) {
    this.name = name;
    this.master = master;
    this.history = history;
    this.random = random;
    this.run = run;
    this.habits = habits;
  }

  /// One message on its way to the master.
  ///
  /// @param concern nodes that it asks for
  /// @param body of the request
  private record Add(String text, int concern, String body, boolean keyed) {
    String[] headers() {
      return keyed ? new String[] {"Idempotency-Key", "key-" + text} : new String[0];
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void run() {
    while (run.goesOn()) {
      addOne();
      if (habits.longestPause().isPositive()) {
        run.pause(Duration.ofNanos(random.nextLong(habits.longestPause().toNanos())));
      }
    }
  }

  private void addOne() {
    Add add = next();
    Outcome outcome = add.keyed() && habits.storms().getAsBoolean() ? storm(add) : attempt(add);
    for (int retry = 0; add.keyed() && mayHelpToRepeat(outcome) && run.goesOn(); retry++) {
      run.pause(BEFORE_RETRY.multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS)));
      outcome = attempt(add);
    }
    if (!(outcome instanceof Acknowledged)) {
      run.pause(BEFORE_RETRY);
    }
  }

  private Add next() {
    String text = "%s-%d".formatted(name, ++sequence);
    int size = habits.clusterSize();
    int choice = 1 + random.nextInt(size + 2);
    int concern = choice <= size ? choice : choice == size + 1 ? size / 2 + 1 : size;
    String written = choice <= size ? "" + choice : choice == size + 1 ? "\"majority\"" : "\"all\"";
    String timeout = random.nextBoolean() ? ",\"timeout_ms\":" + random.nextInt(300, 2000) : "";
    String body = "{\"data\":\"%s\",\"write_concern\":%s%s}".formatted(text, written, timeout);
    return new Add(text, concern, body, random.nextInt(4) < habits.keyed());
  }

  private static boolean mayHelpToRepeat(Outcome outcome) {
    return switch (outcome) {
      case Acknowledged _ -> false;
      case Unknown _ -> true;
      case Refused refused -> refused.status() >= 500;
    };
  }

  private Outcome attempt(Add add) {
    long invoked = System.nanoTime();
    return conclude(add, invoked, send(add));
  }

  /// The same add three times at once; the first of them by somebody who does not wait.
  private Outcome storm(Add add) {
    hangUp(add);
    long invoked = System.nanoTime();
    CompletableFuture<Reply> twin = send(add);
    Outcome outcome = attempt(add);
    conclude(add, invoked, twin);
    return outcome;
  }

  private CompletableFuture<Reply> send(Add add) {
    return master.sendLater("POST", "/add", add.bytes(), add.headers());
  }

  private Outcome conclude(Add add, long invoked, CompletableFuture<Reply> answer) {
    Outcome outcome;
    try {
      Reply reply = Replies.now(answer);
      noteFailure(reply);
      outcome = read(reply);
    } catch (UncheckedIOException broken) {
      outcome = new Unknown(String.valueOf(broken.getCause()));
    }
    return note(add, invoked, outcome);
  }

  private void noteFailure(Reply reply) {
    if (reply.status() == 500) {
      boolean expected = habits.fails().getAsBoolean();
      history.add(new FailedAnswer("master", "POST /add", reply.text(), expected));
    }
  }

  private Outcome note(Add add, long invoked, Outcome outcome) {
    history.add(new Attempt(name, add.text(), add.concern(), invoked, System.nanoTime(), outcome));
    return outcome;
  }

  private void hangUp(Add add) {
    long invoked = System.nanoTime();
    try (RawHttp connection = RawHttp.connect(master)) {
      connection.send(
          "POST /add HTTP/1.1\r\nHost: master\r\nContent-Type: application/json\r\n"
              + "Idempotency-Key: key-%s\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(add.text(), add.bytes().length, add.body()));
      note(add, invoked, new Unknown("hung up"));
    } catch (IOException broken) {
      note(add, invoked, new Unknown(String.valueOf(broken)));
    }
  }

  private static Outcome read(Reply reply) {
    return switch (reply.status()) {
      case 200 -> new Acknowledged(reply.index(), (int) reply.number("Replication-Acks"));
      case 500, 504 -> new Unknown(reply.text());
      default -> new Refused(reply.status());
    };
  }
}
