package io.replog.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private final Places places = new Places(2, "calls that read messages", "TOO_MANY_READS");

  @Test
  void refusesWhoFindsNoneForAWhile() throws InterruptedException {
    places.take();
    places.take();

    assertThatThrownBy(places::take)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.UNAVAILABLE))
        .hasMessageContaining("2 calls that read messages are under way already");
  }

  @Test
  void hasWhoFindsNoneWaitForOne() throws Exception {
    places.take();
    places.take();
    CompletableFuture<Void> third =
        CompletableFuture.runAsync(
            () -> {
              try {
                places.take();
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });

    places.giveBack();

    assertThat(third).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void bearsSomeHoweverSmallTheHeap() {
    assertThat(Places.bearable(Integer.MAX_VALUE)).isEqualTo(4);
    assertThat(Places.bearable(1 << 20))
        .isEqualTo((int) Math.max(4, (Runtime.getRuntime().maxMemory() / 4) >> 20));
  }
}
