package io.replog.node.loop;

import io.replog.log.LogCorruptException;
import io.replog.node.shutdown.FailStop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The one thread that owns a state machine: it takes inputs in order, steps, carries out the
/// effects in order, and publishes pictures of the state.
///
/// Inputs of clients have a bounded share of the queue and may be refused; results of work that the
/// machine has asked for are always taken, since their number is bounded by what it asks for. What
/// a client has waited for longer than half a second is told to the machine as late. Any exception
/// on this thread stops the process: nobody may go on with half a step. Only a damaged record of
/// the log just ends the loop, since the log is then opened anew for another one.
///
/// @param <I> inputs
/// @param <E> effects
/// @param <V> pictures of the state
public final class CoreLoop<I, E, V> implements AutoCloseable {

  /// The state machine, as this thread sees it.
  public interface Machine<I, E, V> {

    /// Takes one input.
    List<E> step(I input, long nowNanos);

    /// Takes an input of a client that has waited too long in the queue. It may be answered without
    /// being carried out.
    default List<E> stepLate(I input, long nowNanos) {
      return step(input, nowNanos);
    }

    /// When the next tick is due; `Long.MAX_VALUE` when never.
    long nextDeadlineNanos();

    /// A picture of this moment.
    V view(long nowNanos);
  }

  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final int MAX_DRAINED = 1_024;
  private static final long VIEW_NANOS = 2_000_000;

  /// How long an input of a client may wait before it is refused. Half a second; tests that share
  /// their processors with others say more.
  private static final long LATE_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Long.getLong("replog.late-millis", 500));

  private static final long LONGEST_SLEEP_NANOS = 60_000_000_000L;

  private final Machine<I, E, V> machine;
  private final I tick;
  private final Consumer<E> effects;
  private final FailStop failStop;
  private final LongSupplier nanoTime;
  private final int maxClientInputs;
  private final long maxClientBytes;
  private final BlockingQueue<Task<I>> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger clientInputs = new AtomicInteger();
  private final AtomicLong clientBytes = new AtomicLong();
  private final List<Task<I>> drained = new ArrayList<>(MAX_DRAINED);
  private final Thread thread;
  private volatile boolean closed;
  private volatile V view;
  private long viewedNanos;

  /// Whether something has happened since the last picture.
  private boolean changed;

  private sealed interface Task<I> {

    record Input<I>(I input) implements Task<I> {}

    record ClientInput<I>(I input, long bytes, long sinceNanos) implements Task<I> {}

    record Call<I>(Runnable body) implements Task<I> {}
  }

  /// @param tick fed to the machine whenever its deadline has passed
  /// @param effects carries out one effect; must not block and must not throw
  /// @param maxClientInputs inputs of clients that may be queued
  /// @param maxClientBytes what they may weigh together; one that is alone may weigh more
  /// @param nanoTime the clock, [System#nanoTime] outside tests
  public CoreLoop(
      String name,
      Machine<I, E, V> machine,
      I tick,
      Consumer<E> effects,
      int maxClientInputs,
      long maxClientBytes,
      FailStop failStop,
      LongSupplier nanoTime) {
    this.machine = machine;
    this.tick = tick;
    this.effects = effects;
    this.maxClientInputs = maxClientInputs;
    this.maxClientBytes = maxClientBytes;
    this.failStop = failStop;
    this.nanoTime = nanoTime;
    this.viewedNanos = nanoTime.getAsLong();
    this.view = machine.view(viewedNanos);
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  /// Starts the thread. The machine belongs to it from now on.
  public void start() {
    thread.start();
  }

  /// Queues an input of a client.
  ///
  /// @param bytes about what it holds in memory
  /// @return false if the share of clients is used up or the loop has ended; nothing has happened
  ///   then
  public boolean offer(I input, long bytes) {
    int inputs = clientInputs.incrementAndGet();
    boolean tooHeavy = clientBytes.addAndGet(bytes) > maxClientBytes && inputs > 1;
    if (inputs > maxClientInputs || tooHeavy || closed) {
      taken(bytes);
      return false;
    }
    Task<I> task = new Task.ClientInput<>(input, bytes, nanoTime.getAsLong());
    if (isTooLate(task)) {
      taken(bytes);
      return false;
    }
    return true;
  }

  /// Queues a task.
  ///
  /// @return whether the loop has ended meanwhile: then it is not in the queue, and never will run
  private boolean isTooLate(Task<I> task) {
    queue.add(task);
    return closed && queue.remove(task);
  }

  private void taken(long bytes) {
    clientInputs.decrementAndGet();
    clientBytes.addAndGet(-bytes);
  }

  /// Queues the result of something that the machine has asked for. Never refused.
  public void put(I input) {
    queue.add(new Task.Input<>(input));
  }

  /// Runs a question on the thread that owns the machine. The future fails if the loop has ended.
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (closed || isTooLate(new Task.Call<>(() -> answer.complete(question.get())))) {
      answer.completeExceptionally(new IllegalStateException("the loop has ended"));
    }
    return answer;
  }

  /// The last published picture, at most a few milliseconds behind the last input. Never waits.
  public V view() {
    return view;
  }

  /// Inputs of clients that wait in the queue.
  public int queuedClientInputs() {
    return clientInputs.get();
  }

  /// Works off what is queued, then ends the thread. Waits at most two seconds.
  @Override
  public void close() {
    close(CLOSING);
  }

  /// The same with another patience. A loop that was never started is closed at once.
  public void close(Duration atMost) {
    closed = true;
    queue.add(new Task.Call<>(() -> {}));
    try {
      if (thread.isAlive()) {
        thread.join(atMost);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        turn();
      }
      view = machine.view(nanoTime.getAsLong());
    } catch (LogCorruptException toldAlready) {
      closed = true;
    } catch (Throwable broken) {
      closed = true;
      failStop.stop(FailStop.BROKEN, "the core has failed", broken);
    }
  }

  private void turn() throws InterruptedException {
    if (machine.nextDeadlineNanos() <= nanoTime.getAsLong()) {
      step(tick);
    }
    publishWhenDue();
    long sleep = changed ? Math.min(VIEW_NANOS, sleepNanos()) : sleepNanos();
    Task<I> first = queue.poll(sleep, TimeUnit.NANOSECONDS);
    if (first != null) {
      drained.add(first);
      queue.drainTo(drained, MAX_DRAINED - 1);
      drained.forEach(this::perform);
      drained.clear();
    }
  }

  private long sleepNanos() {
    long deadline = machine.nextDeadlineNanos();
    long now = nanoTime.getAsLong();
    return deadline == Long.MAX_VALUE
        ? LONGEST_SLEEP_NANOS
        : Math.clamp(deadline - now, 0, LONGEST_SLEEP_NANOS);
  }

  private void perform(Task<I> task) {
    switch (task) {
      case Task.Input<I>(I input) -> step(input);
      case Task.ClientInput<I>(I input, long bytes, long sinceNanos) -> {
        taken(bytes);
        stepOfClient(input, sinceNanos);
      }
      case Task.Call<I>(Runnable body) -> body.run();
    }
  }

  private void step(I input) {
    changed = true;
    machine.step(input, nanoTime.getAsLong()).forEach(effects);
  }

  private void stepOfClient(I input, long sinceNanos) {
    long now = nanoTime.getAsLong();
    if (now - sinceNanos > LATE_NANOS) {
      changed = true;
      machine.stepLate(input, now).forEach(effects);
    } else {
      step(input);
    }
  }

  private void publishWhenDue() {
    long now = nanoTime.getAsLong();
    if (changed && now - viewedNanos >= VIEW_NANOS) {
      view = machine.view(now);
      viewedNanos = now;
      changed = false;
    }
  }
}
