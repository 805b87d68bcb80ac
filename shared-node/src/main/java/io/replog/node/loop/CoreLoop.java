package io.replog.node.loop;

import io.replog.log.LogCorruptException;
import io.replog.node.shutdown.FailStop;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The one place where a state machine steps: takes inputs in order, steps, carries out the effects
/// in order, and publishes pictures of the state. One thread at a time owns the machine.
///
/// Whoever brings an input while nobody owns the machine takes it, works off what is queued and
/// gives it back: nobody has to be woken for that. The loop's own thread does what is left: what is
/// due at a time, and what a visitor leaves behind who has done his share.
///
/// Inputs of clients have a bounded share of the queue and may be refused; results of work that the
/// machine has asked for are always taken, since their number is bounded by what it asks for. What
/// a client has waited for longer than half a second is told to the machine as late. Any exception
/// of a step stops the process, and nobody owns the machine again: nobody may go on with half a
/// step. Only a damaged record of the log just ends the loop, since the log is then opened anew for
/// another one.
///
/// @param <I> inputs
/// @param <E> effects
/// @param <V> pictures of the state
public final class CoreLoop<I, E, V> implements AutoCloseable {

  /// The state machine, as its owner of the moment sees it.
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

  /// How long a request waits for what only the core can tell it exactly. A second; tests that
  /// share their processors with others say more.
  public static final long ANSWER_MILLIS = Long.getLong("replog.answer-millis", 1_000);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  /// What a visitor works off at most, whoever brought it.
  private static final int SHARE = 64;

  private static final long VIEW_NANOS = 2_000_000;

  /// How long an input of a client may wait before it is refused. Half a second; tests that share
  /// their processors with others say more.
  private static final long LATE_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Long.getLong("replog.late-millis", 500));

  private final Machine<I, E, V> machine;
  private final I tick;
  private final Consumer<E> effects;
  private final FailStop failStop;
  private final LongSupplier nanoTime;
  private final int maxClientInputs;
  private final long maxClientBytes;
  private final Queue<Task<I>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger clientInputs = new AtomicInteger();
  private final AtomicLong clientBytes = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /// Whether the machine has an owner. It belongs to nobody who could use it before the start, and
  /// after the end.
  private final AtomicBoolean owned = new AtomicBoolean(true);

  /// Whether nobody will own the machine any more.
  private volatile boolean ended;

  /// When the next tick is due. Written by the owner of the machine.
  private volatile long dueNanos;

  /// Until when the thread sleeps unless it is woken. `Long.MAX_VALUE` while it is awake.
  private volatile long asleepUntilNanos = Long.MAX_VALUE;

  private volatile V view;
  private volatile long viewedNanos;

  /// Whether something has happened since the last picture.
  private volatile boolean changed;

  private sealed interface Task<I> {

    record Input<I>(I input) implements Task<I> {}

    record ClientInput<I>(I input, long bytes, long sinceNanos) implements Task<I> {}

    record Call<I>(Runnable body) implements Task<I> {}
  }

  /// @param tick fed to the machine whenever its deadline has passed
  /// @param effects carries out one effect, on the thread of whoever owns the machine; must not
  ///   block and must not throw
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

  /// Starts the thread. From now on the machine steps.
  public void start() {
    thread.start();
  }

  /// Takes an input of a client.
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

  /// Brings a task.
  ///
  /// @return whether the loop has ended meanwhile: then it is not in the queue, and never will run
  private boolean isTooLate(Task<I> task) {
    bring(task);
    return closed && queue.remove(task);
  }

  private void taken(long bytes) {
    clientInputs.decrementAndGet();
    clientBytes.addAndGet(-bytes);
  }

  /// Takes the result of something that the machine has asked for. Never refused.
  public void put(I input) {
    bring(new Task.Input<>(input));
  }

  /// Has the owner of the machine answer a question, which must not wait for anything. The future
  /// fails if the loop has ended.
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (closed || isTooLate(new Task.Call<>(() -> answer.complete(question.get())))) {
      answer.completeExceptionally(new IllegalStateException("the loop has ended"));
    }
    return answer;
  }

  /// A picture that is at most a few milliseconds behind the last input. Never waits.
  public V view() {
    if (isViewDue(nanoTime.getAsLong())) {
      help();
    }
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
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive()) {
        thread.join(atMost);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void bring(Task<I> task) {
    queue.add(task);
    help();
  }

  /// Takes a turn on the caller's thread, unless somebody owns the machine: he will find what is
  /// queued.
  private void help() {
    if (owned.compareAndSet(false, true) && mayGoOnAfterTurn()) {
      owned.set(false);
      if (isThreadNeeded()) {
        LockSupport.unpark(thread);
      }
    }
  }

  private boolean isThreadNeeded() {
    return closed || dueNanos < asleepUntilNanos || !queue.isEmpty();
  }

  private void run() {
    dueNanos = machine.nextDeadlineNanos();
    owned.set(false);
    while (!ended) {
      asleepUntilNanos = Long.MAX_VALUE;
      if (!owned.compareAndSet(false, true)) {
        LockSupport.park(this);
      } else if (mayGoOnAfterTurn()) {
        endOrSleep();
      }
    }
  }

  /// Keeps the machine for good when all is done, else gives it back.
  private void endOrSleep() {
    if (closed && queue.isEmpty()) {
      view = machine.view(nanoTime.getAsLong());
      ended = true;
      return;
    }
    long due = dueNanos;
    asleepUntilNanos = due;
    owned.set(false);
    if (!closed && queue.isEmpty()) {
      sleepUntil(due);
    }
  }

  private void sleepUntil(long due) {
    long now = nanoTime.getAsLong();
    if (due == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else if (due > now) {
      LockSupport.parkNanos(this, due - now);
    }
  }

  /// What the owner of the machine does: what is due, and a share of what is queued.
  ///
  /// @return false if this was the last turn: the machine must not step again
  private boolean mayGoOnAfterTurn() {
    try {
      turn();
      return true;
    } catch (LogCorruptException toldAlready) {
      closed = true;
    } catch (Throwable broken) {
      closed = true;
      failStop.stop(FailStop.BROKEN, "the core has failed", broken);
    }
    ended = true;
    LockSupport.unpark(thread);
    return false;
  }

  private void turn() {
    if (dueNanos <= nanoTime.getAsLong()) {
      step(tick);
    }
    Task<I> task = queue.poll();
    for (int left = SHARE; task != null; task = left > 0 ? queue.poll() : null) {
      perform(task);
      left--;
    }
    publishWhenDue();
    dueNanos = machine.nextDeadlineNanos();
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
    if (isViewDue(now)) {
      view = machine.view(now);
      viewedNanos = now;
      changed = false;
    }
  }

  private boolean isViewDue(long now) {
    return changed && now - viewedNanos >= VIEW_NANOS;
  }
}
