package io.replog.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final WarmUp AT_MOST_A_MINUTE = new WarmUp(Duration.ofMinutes(1));

  @Test
  void endsSoonWhenNothingGetsFaster() throws IOException {
    assertThat(lengthWith(List.of(5_000, 5_100, 4_900, 5_000, 9_000))).hasSeconds(20);
  }

  @Test
  void goesOnWhileItGetsFasterNowAndThen() throws IOException {
    assertThat(lengthWith(List.of(1_000, 900, 950, 2_000, 1_900, 1_800, 3_000, 1, 1, 1)))
        .hasSeconds(50);
  }

  @Test
  void endsAtItsLimit() throws IOException {
    assertThat(lengthWith(IntStream.rangeClosed(1, 20).boxed().toList())).hasSeconds(60);
  }

  private static Duration lengthWith(List<Integer> rates) throws IOException {
    Iterator<Integer> next = rates.iterator();
    return AT_MOST_A_MINUTE.run(_ -> next.next());
  }
}
