package io.replog.node.loop;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.shutdown.FailStop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class CoreLoopTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<String> effects = new CopyOnWriteArrayList<>();
  private final AtomicInteger exitCode = new AtomicInteger(-1);
  private final AtomicLong nowNanos = new AtomicLong();
  private final Adder machine = new Adder();
  private final CoreLoop<String, String, Integer> loop = loop(System::nanoTime);

  /// Its time stands still unless a test moves it on.
  private final CoreLoop<String, String, Integer> timeless = loop(nowNanos::get);

  private CoreLoop<String, String, Integer> loop(LongSupplier nanoTime) {
    return new CoreLoop<>(
        "core-of-the-test",
        machine,
        "tick",
        effects::add,
        2,
        100,
        new FailStop(exitCode::set, _ -> {}),
        nanoTime);
  }

  @Test
  void carriesOutEffectsInOrderAndPublishesThePicture() {
    loop.start();

    loop.put("a");
    loop.put("b");

    await().untilAsserted(() -> assertThat(loop.view()).isEqualTo(2));
    assertThat(effects).containsExactly("did a", "done a", "did b", "done b");
    loop.close();
  }

  @Test
  void refusesClientsAboveTheirShareAndNeverResults() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    timeless.start();
    Thread busy = own(timeless, entered, blocked);

    assertThat(timeless.offer("a", 1)).isTrue();
    assertThat(timeless.offer("b", 1)).isTrue();
    assertThat(timeless.offer("c", 1)).isFalse();
    timeless.put("d");
    blocked.countDown();

    await().until(() -> timeless.queuedClientInputs() == 0);
    assertThat(timeless.offer("e", 1)).isTrue();
    busy.join();
    timeless.close(PATIENCE);
    assertThat(timeless.view()).isEqualTo(4);
  }

  @Test
  void stepsOnTheThreadThatBringsAnInputWhenNobodyElseIsAtIt() {
    loop.start();
    await().until(() -> loop.ask(() -> true).isDone());

    AtomicReference<Thread> stepping = new AtomicReference<>();
    await()
        .untilAsserted(
            () -> {
              loop.ask(() -> stepping.getAndSet(Thread.currentThread())).join();
              assertThat(stepping).hasValue(Thread.currentThread());
            });

    loop.close();
  }

  @Test
  void leavesToTheOwnerWhatComesMeanwhile() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    loop.start();
    Thread busy = own(loop, entered, blocked);

    loop.put("a");
    loop.put("b");

    assertThat(effects).isEmpty();
    blocked.countDown();
    await()
        .untilAsserted(
            () -> assertThat(effects).containsExactly("did a", "done a", "did b", "done b"));
    busy.join();
    loop.close();
  }

  @Test
  void stepsNeitherBeforeTheStartNorBehindTheEnd() {
    loop.put("a");
    assertThat(effects).isEmpty();
    loop.start();
    loop.close(PATIENCE);
    assertThat(effects).containsExactly("did a", "done a");

    loop.put("b");

    assertThat(effects).containsExactly("did a", "done a");
    assertThat(loop.view()).isEqualTo(1);
  }

  @Test
  void hasOneOwnerAtATimeAndLosesNothing() throws Exception {
    loop.start();
    List<Thread> visitors = new ArrayList<>();
    for (int visitor = 0; visitor < 8; visitor++) {
      Thread.Builder kind = visitor % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
      visitors.add(kind.start(() -> putMany(500)));
    }
    for (Thread visitor : visitors) {
      visitor.join();
    }

    loop.close(PATIENCE);

    assertThat(machine.overlaps).hasValue(0);
    assertThat(loop.view()).isEqualTo(4_000);
  }

  private void putMany(int count) {
    for (int number = 0; number < count; number++) {
      loop.put("x");
    }
  }

  /// A thread that owns the machine until `released`.
  private static Thread own(
      CoreLoop<?, ?, ?> owned, CountDownLatch entered, CountDownLatch released)
      throws InterruptedException {
    Thread owner =
        Thread.startVirtualThread(
            () ->
                owned.ask(
                    () -> {
                      entered.countDown();
                      return awaitQuietly(released);
                    }));
    assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
    return owner;
  }

  @Test
  void refusesClientsAboveTheirShareOfMemoryUnlessAlone() {
    assertThat(timeless.offer("heavy and alone", 1_000)).isTrue();
    assertThat(timeless.offer("light", 1)).isFalse();
    timeless.start();

    await().until(() -> timeless.queuedClientInputs() == 0);
    assertThat(timeless.offer("light", 99)).isTrue();
    timeless.close(PATIENCE);
    assertThat(timeless.view()).isEqualTo(2);
  }

  @Test
  void refusesClientsWhenItEndsWhileTheyEnter() {
    AtomicReference<CoreLoop<String, String, Integer>> ending = new AtomicReference<>();
    AtomicBoolean entering = new AtomicBoolean();
    ending.set(
        new CoreLoop<>(
            "core-that-ends",
            machine,
            "tick",
            effects::add,
            2,
            100,
            new FailStop(exitCode::set, _ -> {}),
            () -> {
              if (entering.get()) {
                ending.get().close();
              }
              return 0;
            }));
    entering.set(true);

    assertThat(ending.get().offer("a", 1)).isFalse();

    assertThat(ending.get().queuedClientInputs()).isZero();
    assertThat(ending.get().ask(() -> true)).isCompletedExceptionally();
  }

  @Test
  void tellsTheMachineWhatHasWaitedTooLong() {
    assertThat(timeless.offer("early", 1)).isTrue();
    nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(501));
    assertThat(timeless.offer("fresh", 1)).isTrue();
    timeless.put("result");

    timeless.start();
    timeless.close(PATIENCE);

    assertThat(effects)
        .containsExactly("late early", "did fresh", "done fresh", "did result", "done result");
  }

  @Test
  void doesNotSleepOverWhatBecomesDueInItsOwnTurn() {
    loop.put("long due");

    loop.start();

    await().untilAsserted(() -> assertThat(effects).contains("done long due", "done tick"));
    loop.close(PATIENCE);
  }

  @Test
  void makesFewPicturesForManyInputs() {
    long started = System.nanoTime();
    loop.start();
    for (int i = 0; i < 1_000; i++) {
      loop.put("x");
      loop.ask(() -> true).join();
    }

    await().untilAsserted(() -> assertThat(loop.view()).isEqualTo(1_000));
    loop.close();

    assertThat((long) machine.views).isLessThan(5 + (System.nanoTime() - started) / 2_000_000);
  }

  @Test
  void ticksWhenTheDeadlineHasPassed() {
    machine.deadlineNanos = System.nanoTime() + 20_000_000;
    loop.start();

    await().untilAsserted(() -> assertThat(effects).contains("did tick"));
    loop.close();
  }

  @Test
  void ticksInTimeWhenAVisitorBringsTheDeadlineForward() {
    machine.deadlineNanos = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    loop.start();

    loop.ask(() -> machine.deadlineNanos = System.nanoTime() + 20_000_000);

    await().untilAsserted(() -> assertThat(effects).contains("did tick"));
    loop.close();
  }

  @Test
  void stopsTheProcessWhenAStepFailsAndNeverStepsAgain() {
    loop.start();

    loop.put("break");

    await().untilAsserted(() -> assertThat(exitCode).hasValue(FailStop.BROKEN));
    assertThat(loop.offer("late", 1)).isFalse();
    loop.put("result");
    loop.close();
    assertThat(effects).isEmpty();
  }

  @Test
  void worksOffWhatIsQueuedBeforeItEnds() {
    loop.start();
    for (int i = 0; i < 100; i++) {
      loop.put("x");
    }

    loop.close(PATIENCE);

    assertThat(effects).hasSize(200);
    assertThat(loop.ask(() -> 1)).isCompletedExceptionally();
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static final class Adder implements CoreLoop.Machine<String, String, Integer> {

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private volatile long deadlineNanos = Long.MAX_VALUE;
    private int steps;
    private int views;

    @Override
    public List<String> step(String input, long nowNanos) {
      overlaps.addAndGet(inside.getAndIncrement());
      try {
        return stepAlone(input);
      } finally {
        inside.decrementAndGet();
      }
    }

    private List<String> stepAlone(String input) {
      if (input.equals("break")) {
        throw new IllegalStateException("broken");
      }
      if (input.equals("tick")) {
        deadlineNanos = Long.MAX_VALUE;
      }
      if (input.equals("long due")) {
        deadlineNanos = Long.MIN_VALUE;
      }
      steps++;
      return new ArrayList<>(List.of("did " + input, "done " + input));
    }

    @Override
    public List<String> stepLate(String input, long nowNanos) {
      return List.of("late " + input);
    }

    @Override
    public long nextDeadlineNanos() {
      return deadlineNanos;
    }

    @Override
    public Integer view(long nowNanos) {
      views++;
      return steps;
    }
  }
}
