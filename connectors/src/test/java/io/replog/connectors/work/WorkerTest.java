package io.replog.connectors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.testing.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

  private static final Duration NEVER = Duration.ofHours(10);
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final long LIMIT_SECONDS = 60;

  private final AtomicInteger passes = new AtomicInteger();
  private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

  /// Open once a held pass has begun.
  private final CountDownLatch inside = new CountDownLatch(1);

  /// Lets a held pass go on.
  private final CountDownLatch goOn = new CountDownLatch(1);

  private Worker worker;

  @AfterEach
  void close() {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void worksByItselfAtOnceAndAfterEachInterval() {
    begin(true, OFTEN, NEVER);

    await(() -> passes.get() >= 3);

    assertThat(worker.view().lastSuccess()).isNotNull();
    assertThat(worker.view().failures()).isZero();
  }

  @Test
  void worksOnThreadThatNeedsNoCarrier() throws Exception {
    AtomicReference<Thread> used = new AtomicReference<>();
    worker =
        worker(
            () -> {
              used.set(Thread.currentThread());
              return false;
            },
            false,
            NEVER,
            NEVER);
    worker.begin();

    worker.now().get(LIMIT_SECONDS, TimeUnit.SECONDS);

    assertThat(used.get().isVirtual()).isFalse();
    assertThat(used.get().isDaemon()).isTrue();
  }

  @Test
  void worksOnlyWhenAskedWhereItIsStopped() throws Exception {
    begin(false, OFTEN, NEVER);
    assertThat(worker.view().state()).isEqualTo(WorkState.STOPPED);

    worker.now().get(LIMIT_SECONDS, TimeUnit.SECONDS);

    assertThat(passes).hasValue(1);
    assertThat(worker.view().nextAttemptMillis()).isNull();
  }

  @Test
  void doesNotWaitForEndOfPauseWhenAsked() throws Exception {
    failures.add(new DatabaseOfflineException("away"));
    begin(true, NEVER, NEVER);
    await(() -> worker.view().state() == WorkState.OFFLINE);

    worker.now().get(LIMIT_SECONDS, TimeUnit.SECONDS);

    assertThat(worker.view().state()).isEqualTo(WorkState.WAITING);
    assertThat(worker.view().reason()).isNull();
    assertThat(worker.view().failures()).isZero();
  }

  @Test
  void tellsWhoAskedWhyPassFailed() {
    failures.add(new DatabaseOfflineException("away"));
    begin(false, NEVER, NEVER);

    CompletableFuture<Void> asked = worker.now();

    assertThatThrownBy(() -> asked.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("away");
    assertThat(worker.view().state()).isEqualTo(WorkState.OFFLINE);
  }

  @Test
  void triesAgainByItselfAfterFailure() {
    failures.add(new IllegalStateException("broken"));
    failures.add(new IllegalStateException("broken"));
    begin(true, NEVER, OFTEN);

    await(() -> passes.get() == 3);

    await(() -> worker.view().state() == WorkState.WAITING);
  }

  @Test
  void keepsShortestPauseHoweverOftenItIsAsked() throws Exception {
    begin(false, NEVER, NEVER);
    long begun = System.nanoTime();

    for (int time = 0; time < 5; time++) {
      worker.now().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(390));
  }

  @Test
  void stopsInTheMiddleOfPassThatHasMoreToDo() throws Exception {
    holdInPass(
        true,
        () -> {
          passes.incrementAndGet();
          return true;
        });
    awaitLatch(inside);

    worker.stop();
    goOn.countDown();

    await(() -> worker.view().state() == WorkState.STOPPED);
    assertThat(passes).hasValue(1);
  }

  @Test
  void failsForWhoWaitsWhereItIsStoppedBeforeAllIsDone() throws Exception {
    holdInPass(false, () -> true);
    CompletableFuture<Void> asked = worker.now();
    awaitLatch(inside);

    worker.stop();
    goOn.countDown();

    assertThatThrownBy(() -> asked.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseMessage("it was stopped before all was done");
    assertThat(worker.view().state()).isEqualTo(WorkState.STOPPED);
    assertThat(worker.view().reason()).isNull();
    assertThat(worker.view().lastSuccess()).isNull();
  }

  @Test
  void forgetsWhatFailedWhenItIsStopped() {
    failures.add(new DatabaseOfflineException("away"));
    begin(true, NEVER, NEVER);
    await(() -> worker.view().state() == WorkState.OFFLINE);

    worker.stop();

    assertThat(worker.view().state()).isEqualTo(WorkState.STOPPED);
    assertThat(worker.view().reason()).isNull();
    assertThat(worker.view().failures()).isZero();
  }

  @Test
  void forgetsWhatFailsWhileItIsStopped() {
    holdInPass(
        true,
        () -> {
          throw new DatabaseOfflineException("away");
        });
    awaitLatch(inside);
    worker.stop();
    goOn.countDown();

    await(() -> worker.view().state() != WorkState.WORKING);

    assertThat(worker.view().state()).isEqualTo(WorkState.STOPPED);
    assertThat(worker.view().reason()).isNull();
  }

  @Test
  void startsWithNewInterval() {
    begin(false, NEVER, NEVER);

    worker.start(OFTEN);

    await(() -> passes.get() >= 2);
    assertThat(worker.view().automatic()).isTrue();
    assertThat(worker.view().intervalMillis()).isEqualTo(1);
  }

  @Test
  void completesWaitersWhenItIsClosed() {
    worker = worker(() -> false, false, NEVER, NEVER);
    CompletableFuture<Void> asked = worker.now();

    worker.close();

    assertThat(asked).isCompletedExceptionally();
    assertThat(worker.now()).isCompletedExceptionally();
  }

  private void begin(boolean automatic, Duration interval, Duration pause) {
    worker =
        worker(
            () -> {
              passes.incrementAndGet();
              RuntimeException failure = failures.poll();
              if (failure != null) {
                throw failure;
              }
              return false;
            },
            automatic,
            interval,
            pause);
    worker.begin();
  }

  /// Begins, and has each pass wait for the test before it does `rest`.
  private void holdInPass(boolean automatic, Pass rest) {
    worker =
        worker(
            () -> {
              inside.countDown();
              awaitLatch(goOn);
              return rest.step();
            },
            automatic,
            NEVER,
            NEVER);
    worker.begin();
  }

  private static Worker worker(Pass pass, boolean automatic, Duration interval, Duration pause) {
    Backoff backoff = new Backoff(pause, pause, new Random(1));
    return new Worker("test", pass, automatic, interval, backoff, InstantSource.system());
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(BooleanSupplier condition) {
    Await.until(condition);
  }
}
