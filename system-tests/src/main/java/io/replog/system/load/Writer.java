package io.replog.system.load;

import io.replog.system.history.Attempt;
import io.replog.system.history.History;
import io.replog.system.history.Outcome;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// A client that adds one message after the other with changing write concerns. Three of four carry
/// an idempotency key, and are repeated until their outcome is known.
public final class Writer implements Runnable {

  private static final int CLUSTER_SIZE = 3;
  private static final Duration BEFORE_RETRY = Duration.ofMillis(50);

  private final int number;
  private final NodeClient master;
  private final History history;
  private final RandomGenerator random;
  private final Run run;
  private int sequence;

  public Writer(int number, NodeClient master, History history, RandomGenerator random, Run run) {
    this.number = number;
    this.master = master;
    this.history = history;
    this.random = random;
    this.run = run;
  }

  @Override
  public void run() {
    while (run.goesOn()) {
      addOne();
    }
  }

  private void addOne() {
    String text = "c%d-%d".formatted(number, ++sequence);
    int concern = 1 + random.nextInt(CLUSTER_SIZE);
    boolean keyed = random.nextInt(4) > 0;
    String[] headers = keyed ? new String[] {"Idempotency-Key", "key-" + text} : new String[0];
    Outcome outcome = attempt(text, concern, headers);
    while (!(outcome instanceof Outcome.Acknowledged) && keyed && run.goesOn()) {
      run.pause(BEFORE_RETRY);
      outcome = attempt(text, concern, headers);
    }
    if (!(outcome instanceof Outcome.Acknowledged)) {
      run.pause(BEFORE_RETRY);
    }
  }

  private Outcome attempt(String text, int concern, String[] headers) {
    byte[] body =
        "{\"data\":\"%s\",\"write_concern\":%d,\"timeout_ms\":1500}"
            .formatted(text, concern)
            .getBytes(StandardCharsets.UTF_8);
    long invoked = System.nanoTime();
    Outcome outcome;
    try {
      outcome = read(Replies.now(master.sendLater("POST", "/add", body, headers)));
    } catch (UncheckedIOException broken) {
      outcome = new Outcome.Unknown(String.valueOf(broken.getCause()));
    }
    history.add(new Attempt(number, text, concern, invoked, System.nanoTime(), outcome));
    return outcome;
  }

  private static Outcome read(Reply reply) {
    return switch (reply.status()) {
      case 200 ->
          new Outcome.Acknowledged(
              reply.index(), Math.toIntExact(reply.number("Replication-Acks")));
      case 500, 504 -> new Outcome.Unknown(reply.text());
      default -> new Outcome.Refused(reply.status());
    };
  }
}
