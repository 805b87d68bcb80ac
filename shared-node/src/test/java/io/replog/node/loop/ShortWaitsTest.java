package io.replog.node.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShortWaitsTest {

  private final ShortWaits waits = new ShortWaits("short-waits", Duration.ofMillis(20));

  @AfterEach
  void close() {
    waits.close();
  }

  @Test
  void returnsWhenTheAnswerComes() throws Exception {
    ShortWaits patient = new ShortWaits("patient", Duration.ofDays(1));
    CompletableFuture<String> answer = new CompletableFuture<>();
    answer.completeOnTimeout("x", 20, TimeUnit.MILLISECONDS);

    boolean answered = patient.await(answer);

    assertThat(answered).isTrue();
    assertThat(answer).isCompletedWithValue("x");
    patient.close();
  }

  @Test
  void takesAFailureForAnAnswer() throws Exception {
    CompletableFuture<String> answer = CompletableFuture.failedFuture(new IllegalStateException());

    assertThat(waits.await(answer)).isTrue();
  }

  @Test
  void givesUpWhenTheTimeIsOverAndLeavesTheAnswerOpen() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();

    boolean answered = waits.await(answer);

    assertThat(answered).isFalse();
    assertThat(answer).isNotDone();
  }
}
