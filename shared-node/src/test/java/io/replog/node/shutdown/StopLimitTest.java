package io.replog.node.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopLimitTest {

  private final CompletableFuture<Integer> halted = new CompletableFuture<>();

  @Test
  void haltsWhenTheTimeIsOver() throws Exception {
    new StopLimit(Duration.ofMillis(50), halted::complete).begin();

    assertThat(halted.get(30, TimeUnit.SECONDS)).isEqualTo(StopLimit.SLOW_STOP);
  }

  @Test
  void haltsWithTheCodeOfAFailureDuringTheStop() throws Exception {
    StopLimit stopLimit = new StopLimit(Duration.ofSeconds(1), halted::complete);
    FailStop failStop = new FailStop(_ -> {}, _ -> {}, stopLimit::haltWith);

    failStop.stop(FailStop.LOG_FAILED, "the disk is gone", null);
    stopLimit.begin();

    assertThat(halted.get(30, TimeUnit.SECONDS)).isEqualTo(FailStop.LOG_FAILED);
  }

  @Test
  void doesNothingBefore() {
    new StopLimit(Duration.ofHours(1), halted::complete).begin();

    assertThat(halted).isNotDone();
  }
}
