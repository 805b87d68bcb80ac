package io.replog.node.shutdown;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FailStopTest {

  private final List<String> acts = new CopyOnWriteArrayList<>();

  /// More than once, since nothing waits for ever for what is before it.
  @Test
  void answersWaitersThenExitsOnce() {
    await().until(this::actsOfTwoStops, List.of("answered", "exit 74", "halt")::equals);
  }

  private List<String> actsOfTwoStops() {
    acts.clear();
    CompletableFuture<Integer> halted = new CompletableFuture<>();
    FailStop failStop = new FailStop(code -> acts.add("exit " + code), halted::complete);
    failStop.beforeExit(() -> acts.add("answered"));

    failStop.stop(FailStop.LOG_FAILED, "the disk is gone", null);
    failStop.stop(FailStop.BROKEN, "too late", null);

    halted.join();
    acts.add("halt");
    return List.copyOf(acts);
  }

  @Test
  void exitsEvenIfWaitersCannotBeAnswered() {
    FailStop failStop = new FailStop(code -> acts.add("exit " + code), code -> acts.add("halt"));
    CountDownLatch never = new CountDownLatch(1);
    failStop.beforeExit(
        () -> {
          try {
            never.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });

    failStop.stop(FailStop.BROKEN, "stuck", null);

    await().untilAsserted(() -> assertThat(acts).contains("exit 1"));
    never.countDown();
  }
}
