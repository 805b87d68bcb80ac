package io.replog.node.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FailStopTest {

  private final List<String> acts = new CopyOnWriteArrayList<>();

  @Test
  void answersWaitersThenExitsOnce() {
    FailStop failStop = new FailStop(code -> acts.add("exit " + code), code -> acts.add("halt"));
    failStop.beforeExit(() -> acts.add("answered"));

    failStop.stop(FailStop.LOG_FAILED, "the disk is gone", null);
    failStop.stop(FailStop.BROKEN, "too late", null);

    await().untilAsserted(() -> assertThat(acts).containsExactly("answered", "exit 74", "halt"));
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
