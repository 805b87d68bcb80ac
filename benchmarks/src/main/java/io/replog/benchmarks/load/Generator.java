package io.replog.benchmarks.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Puts one load on one server, all of it on the calling thread.
///
/// A connection that breaks fails its request and is made anew; when that is impossible the run
/// ends, since the server is gone.
public final class Generator {

  /// How long answers are awaited when no more requests start. What is still out then has failed.
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final long LONGEST_WAIT_NANOS = 100_000_000;

  /// A selector counts in milliseconds; shorter waits are taken in steps like this.
  private static final long SHORT_WAIT_NANOS = 50_000;

  private final Load load;
  private final Selector selector;
  private final Tally tally;
  private final ArrayDeque<Client> idle = new ArrayDeque<>();
  private final long lengthNanos;
  private long startNanos;
  private long started;
  private @Nullable IOException gone;

  private Generator(Load load, Selector selector) {
    this.load = load;
    this.selector = selector;
    this.tally = new Tally(load.length());
    this.lengthNanos = load.length().toNanos();
  }

  /// Runs it to its end.
  ///
  /// @throws IOException when the server cannot be reached, or no longer
  public static Tally run(Load load) throws IOException {
    try (Selector selector = Selector.open()) {
      Generator generator = new Generator(load, selector);
      try {
        return generator.run();
      } finally {
        generator.closeAll();
      }
    }
  }

  private Tally run() throws IOException {
    for (int number = 0; number < load.connections(); number++) {
      idle.add(connect());
    }
    startNanos = System.nanoTime();
    while (goesOn()) {
      startWhatIsDue();
      awaitAnswers();
      if (gone != null) {
        throw gone;
      }
    }
    failWhatIsOut();
    return tally;
  }

  private Client connect() throws IOException {
    return Client.connect(load.server(), load.protocol(), selector);
  }

  private long now() {
    return System.nanoTime() - startNanos;
  }

  private boolean goesOn() {
    long now = now();
    boolean isOut = idle.size() < load.connections();
    return now < lengthNanos
        || ((isOut || nextNanos(now) < lengthNanos) && now < lengthNanos + GRACE.toNanos());
  }

  private long nextNanos(long now) {
    return load.pace().intendedNanos(started, now);
  }

  private void startWhatIsDue() {
    while (!idle.isEmpty() && gone == null) {
      long now = now();
      long intended = nextNanos(now);
      if (intended > now || intended >= lengthNanos) {
        return;
      }
      started++;
      start(idle.pop(), intended);
    }
  }

  private void start(Client client, long intended) {
    try {
      client.send(intended);
    } catch (IOException _) {
      replaceOrGiveUp(client);
    }
  }

  private void awaitAnswers() throws IOException {
    long waitNanos = waitNanos(now());
    long millis = TimeUnit.NANOSECONDS.toMillis(waitNanos);
    if (millis > 0) {
      selector.select(this::proceed, millis);
    } else {
      LockSupport.parkNanos(Math.clamp(waitNanos, 1, SHORT_WAIT_NANOS));
      selector.selectNow(this::proceed);
    }
  }

  /// Until a request is due, if there is a connection for it.
  private long waitNanos(long now) {
    return idle.isEmpty() || now >= lengthNanos
        ? LONGEST_WAIT_NANOS
        : Math.min(Math.min(nextNanos(now), lengthNanos) - now, LONGEST_WAIT_NANOS);
  }

  private void proceed(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      Answer answer = client.proceed();
      if (answer != null) {
        tally.count(answer, client.intendedNanos(), now());
        idle.add(client);
        startWhatIsDue();
      }
    } catch (IOException _) {
      replaceOrGiveUp(client);
    }
  }

  private void replaceOrGiveUp(Client broken) {
    try {
      replace(broken);
    } catch (IOException unreachable) {
      gone = unreachable;
    }
  }

  private void replace(Client broken) throws IOException {
    broken.close();
    if (broken.isOut()) {
      tally.count(Answer.FAILED, broken.intendedNanos(), now());
    } else {
      idle.remove(broken);
    }
    idle.add(connect());
  }

  /// What was meant to start and did not, or has no answer, is no success.
  private void failWhatIsOut() {
    long now = now();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Client client && key.isValid() && client.isOut()) {
        tally.count(Answer.FAILED, client.intendedNanos(), now);
      }
    }
    while (nextNanos(now) < lengthNanos) {
      tally.count(Answer.FAILED, nextNanos(now), now);
      started++;
    }
  }

  private void closeAll() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }
}
