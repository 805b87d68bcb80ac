package io.replog.node.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.node.shutdown.FailStop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CoreLoopTest {

  private final List<String> effects = new CopyOnWriteArrayList<>();
  private final AtomicInteger exitCode = new AtomicInteger(-1);
  private final AtomicLong nowNanos = new AtomicLong();
  private final Adder machine = new Adder();
  private final CoreLoop<String, String, Integer> loop =
      new CoreLoop<>(
          "core-of-the-test",
          machine,
          "tick",
          effects::add,
          2,
          100,
          new FailStop(exitCode::set, _ -> {}),
          () -> System.nanoTime() + nowNanos.get());

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
    loop.start();
    loop.ask(
        () -> {
          entered.countDown();
          return awaitQuietly(blocked);
        });
    entered.await(10, TimeUnit.SECONDS);

    assertThat(loop.offer("a", 1)).isTrue();
    assertThat(loop.offer("b", 1)).isTrue();
    assertThat(loop.offer("c", 1)).isFalse();
    loop.put("d");
    blocked.countDown();

    await().untilAsserted(() -> assertThat(loop.view()).isEqualTo(3));
    assertThat(loop.offer("e", 1)).isTrue();
    loop.close();
  }

  @Test
  void refusesClientsAboveTheirShareOfMemoryUnlessAlone() {
    assertThat(loop.offer("heavy and alone", 1_000)).isTrue();
    assertThat(loop.offer("light", 1)).isFalse();
    loop.start();

    await().until(() -> loop.queuedClientInputs() == 0);
    assertThat(loop.offer("light", 99)).isTrue();
    loop.close();
    assertThat(loop.view()).isEqualTo(2);
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
    assertThat(loop.offer("early", 1)).isTrue();
    nowNanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(501));
    assertThat(loop.offer("fresh", 1)).isTrue();
    loop.put("result");

    loop.start();
    loop.close();

    assertThat(effects)
        .containsExactly("late early", "did fresh", "done fresh", "did result", "done result");
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
  void stopsTheProcessWhenAStepFails() {
    loop.start();

    loop.put("break");

    await().untilAsserted(() -> assertThat(exitCode).hasValue(FailStop.BROKEN));
    assertThat(loop.offer("late", 1)).isFalse();
  }

  @Test
  void worksOffWhatIsQueuedBeforeItEnds() {
    loop.start();
    for (int i = 0; i < 100; i++) {
      loop.put("x");
    }

    loop.close();

    assertThat(effects).hasSize(200);
    assertThat(loop.ask(() -> 1)).isCompletedExceptionally();
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static final class Adder implements CoreLoop.Machine<String, String, Integer> {

    private volatile long deadlineNanos = Long.MAX_VALUE;
    private int steps;
    private int views;

    @Override
    public List<String> step(String input, long nowNanos) {
      if (input.equals("break")) {
        throw new IllegalStateException("broken");
      }
      if (input.equals("tick")) {
        deadlineNanos = Long.MAX_VALUE;
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
