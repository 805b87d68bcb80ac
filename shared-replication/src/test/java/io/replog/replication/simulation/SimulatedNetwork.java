package io.replog.replication.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Carries requests and answers, late, twice, in another order, or not at all. A request has
/// exactly one outcome for its sender: an answer or a failure; none if the sender's process has
/// ended.
final class SimulatedNetwork {

  private record Way(String from, String to) {}

  private final SimulatedClock clock;
  private final RandomGenerator random;
  private final Coverage coverage;
  private final Set<Way> cut = new HashSet<>();
  private final List<Arrival<?>> unanswered = new ArrayList<>();
  private NetworkWeather weather = NetworkWeather.FAIR;

  SimulatedNetwork(SimulatedClock clock, RandomGenerator random, Coverage coverage) {
    this.clock = clock;
    this.random = random;
    this.coverage = coverage;
  }

  void weather(NetworkWeather next) {
    weather = next;
  }

  /// Nothing gets from `from` to `to` any more; the other way stays as it is.
  void cut(String from, String to) {
    cut.add(new Way(from, to));
  }

  void mend(String from, String to) {
    cut.remove(new Way(from, to));
  }

  /// Every way is open again and the weather is fair.
  void heal() {
    cut.clear();
    weather = NetworkWeather.FAIR;
  }

  /// Sends a request. `served` runs in the receiver's process, possibly twice; `answered` or
  /// `failed` runs in the sender's, once.
  <A> void exchange(
      Endpoint from,
      Endpoint to,
      long timeoutNanos,
      Consumer<Arrival<A>> served,
      Consumer<A> answered,
      Consumer<String> failed) {
    Exchange<A> exchange = new Exchange<>(from, to, from.process(), answered, failed);
    clock.after(timeoutNanos, () -> exchange.fail("no answer in time"));
    deliver(exchange, served);
    if (random.nextDouble() < weather.doubling()) {
      coverage.count(Covered.REQUESTS_DOUBLED);
      deliver(exchange, served);
    }
  }

  /// Every connection to a process that has just ended breaks.
  void ended(Endpoint node) {
    for (Arrival<?> arrival : List.copyOf(unanswered)) {
      if (arrival.to.equals(node)) {
        unanswered.remove(arrival);
        if (isOpen(node.name(), arrival.exchange.from.name())) {
          clock.after(latency(), () -> arrival.exchange.fail("connection reset"));
        }
      }
    }
  }

  private <A> void deliver(Exchange<A> exchange, Consumer<Arrival<A>> served) {
    if (isLost(exchange.from, exchange.to, weather.requestLoss())) {
      coverage.count(Covered.REQUESTS_LOST);
    } else if (random.nextDouble() < weather.reset()) {
      clock.after(latency(), () -> exchange.fail("connection reset"));
    } else {
      clock.after(latency(), () -> arrive(exchange, served));
    }
  }

  private <A> void arrive(Exchange<A> exchange, Consumer<Arrival<A>> served) {
    if (exchange.to.running()) {
      Arrival<A> arrival = new Arrival<>(exchange);
      unanswered.add(arrival);
      exchange.arrivals.add(arrival);
      exchange.to.inProcess(exchange.to.process(), () -> served.accept(arrival));
    } else if (isOpen(exchange.to.name(), exchange.from.name())) {
      clock.after(latency(), () -> exchange.fail("connection refused"));
    }
  }

  private <A> void carryBack(Exchange<A> exchange, A answer) {
    if (isLost(exchange.to, exchange.from, weather.answerLoss())) {
      coverage.count(Covered.ANSWERS_LOST);
    } else if (random.nextDouble() < weather.reset()) {
      clock.after(latency(), () -> exchange.fail("connection reset"));
    } else {
      clock.after(latency(), () -> exchange.succeed(answer));
    }
  }

  private boolean isLost(Endpoint from, Endpoint to, double probability) {
    return !isOpen(from.name(), to.name()) || random.nextDouble() < probability;
  }

  private boolean isOpen(String from, String to) {
    return !cut.contains(new Way(from, to));
  }

  private long latency() {
    return random.nextLong(weather.minLatencyNanos(), weather.maxLatencyNanos() + 1);
  }

  /// One request as its sender sees it.
  private final class Exchange<A> {
    private final Endpoint from;
    private final Endpoint to;
    private final int fromProcess;
    private final Consumer<A> answered;
    private final Consumer<String> failed;
    private final List<Arrival<A>> arrivals = new ArrayList<>(1);
    private boolean done;

    Exchange(
        Endpoint from,
        Endpoint to,
        int fromProcess,
        Consumer<A> answered,
        Consumer<String> failed) {
      this.from = from;
      this.to = to;
      this.fromProcess = fromProcess;
      this.answered = answered;
      this.failed = failed;
    }

    void succeed(A answer) {
      if (!done) {
        done = true;
        from.inProcess(fromProcess, () -> answered.accept(answer));
      }
    }

    void fail(String error) {
      if (!done) {
        done = true;
        from.inProcess(fromProcess, () -> failed.accept(error));
        arrivals.forEach(Arrival::leave);
      }
    }
  }

  /// One copy of a request, as its receiver sees it.
  final class Arrival<A> {
    private final Exchange<A> exchange;
    private final Endpoint to;
    private final int toProcess;
    private @Nullable Runnable onLeft;

    private Arrival(Exchange<A> exchange) {
      this.exchange = exchange;
      this.to = exchange.to;
      this.toProcess = to.process();
    }

    void answer(A answer) {
      if (unanswered.remove(this)) {
        carryBack(exchange, answer);
      }
    }

    /// Runs `action` in the receiver if it notices that the sender has hung up.
    void whenLeft(Runnable action) {
      onLeft = action;
    }

    private void leave() {
      if (onLeft != null && random.nextBoolean() && unanswered.remove(this)) {
        coverage.count(Covered.CANCELLED);
        to.inProcess(toProcess, onLeft);
      }
    }
  }
}
