package io.replog.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final WarmUp AT_MOST_TWO_MINUTES = new WarmUp(Duration.ofMinutes(2));

  @Test
  void endsSoonWhenNothingGetsFaster() throws IOException {
    assertThat(lengthWith(List.of(5_000, 5_100, 4_900, 5_000, 1, 1, 1, 9_000))).hasSeconds(35);
  }

  @Test
  void goesOnWhileItGetsFasterNowAndThen() throws IOException {
    assertThat(lengthWith(List.of(1_000, 900, 950, 2_000, 1_900, 3_000, 1, 1, 1, 1, 1, 1, 9_000)))
        .hasSeconds(60);
  }

  @Test
  void endsAtItsLimit() throws IOException {
    assertThat(lengthWith(IntStream.rangeClosed(1, 40).boxed().toList())).hasSeconds(120);
  }

  private static Duration lengthWith(List<Integer> rates) throws IOException {
    Iterator<Integer> next = rates.iterator();
    return AT_MOST_TWO_MINUTES.run(_ -> next.next());
  }
}
