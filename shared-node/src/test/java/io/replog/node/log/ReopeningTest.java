package io.replog.node.log;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.shutdown.FailStop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReopeningTest {

  private final List<String> opened = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final FailStop failStop = new FailStop(exitCode::complete, exitCode::complete);
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Reopening reopening = new Reopening(opened::add, failStop, now::get);

  @Test
  void opensTheLogAnewForEachDamage() {
    assertThat(reopening.damaged("#1")).isTrue();
    await().until(() -> !reopening.isUnderWay());
    assertThat(reopening.damaged("#2")).isTrue();

    await().until(() -> opened.equals(List.of("#1", "#2")));
  }

  @Test
  void doesNothingWhileItIsBeingOpened() {
    CountDownLatch slow = new CountDownLatch(1);
    Reopening blocked =
        new Reopening(
            why -> {
              opened.add(why);
              await().until(() -> slow.getCount() == 0);
            },
            failStop,
            now::get);
    blocked.damaged("#1");
    await().until(() -> !opened.isEmpty());

    assertThat(blocked.damaged("#1")).isFalse();
    blocked.begin("again");

    slow.countDown();
    await().until(() -> !blocked.isUnderWay());
    assertThat(opened).containsExactly("#1");
  }

  @Test
  void opensTheLogOnceMoreWhenTheNewOneTurnsOutDamagedBeforeItsCoreIsAtWork() {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicReference<Reopening> self = new AtomicReference<>();
    Reopening blocked =
        new Reopening(
            why -> {
              self.get().opened();
              opened.add(why);
              await().until(() -> slow.getCount() == 0);
            },
            failStop,
            now::get);
    self.set(blocked);
    blocked.damaged("#1");
    await().until(() -> !opened.isEmpty());

    assertThat(blocked.damaged("#2")).isTrue();
    assertThat(blocked.damaged("#2")).isFalse();
    blocked.begin("again");

    slow.countDown();
    await().until(() -> !blocked.isUnderWay());
    assertThat(opened).containsExactly("#1", "#2");
  }

  @Test
  void endsTheNodeAtTheFourthDamageWithinAMinute() {
    damageTimes(Reopening.MAX_DAMAGES);
    assertThat(exitCode).isNotDone();

    reopening.damaged("#4");

    assertThat(exitCode.join()).isEqualTo(FailStop.LOG_FAILED);
    assertThat(opened).hasSize(Reopening.MAX_DAMAGES);
  }

  @Test
  void goesOnWhenTheDamagesAreFarApart() {
    damageTimes(Reopening.MAX_DAMAGES);
    now.addAndGet(TimeUnit.SECONDS.toNanos(61));

    damageTimes(Reopening.MAX_DAMAGES);

    assertThat(exitCode).isNotDone();
    assertThat(opened).hasSize(2 * Reopening.MAX_DAMAGES);
  }

  @Test
  void endsTheNodeWhenTheLogCannotBeOpened() {
    Reopening broken =
        new Reopening(
            _ -> {
              throw new IOException("no such device");
            },
            failStop,
            now::get);

    broken.damaged("#1");

    assertThat(exitCode.join()).isEqualTo(FailStop.LOG_FAILED);
  }

  private void damageTimes(int times) {
    for (int n = 1; n <= times; n++) {
      reopening.damaged("#" + n);
      await().until(() -> !reopening.isUnderWay());
    }
  }
}
