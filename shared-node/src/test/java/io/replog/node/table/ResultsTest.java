package io.replog.node.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.table.Applied;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final String LARGE = "x".repeat(1 << 20);

  private final Results results = new Results();

  private void carriedOut(long index, String... reads) {
    results.add(new Applied(index, List.of(reads), List.of()));
  }

  @Test
  void remembersTheLastOnesForAnybody() {
    LongStream.rangeClosed(1, 2 * Results.MAX_RECENT).forEach(i -> carriedOut(i, "v" + i));

    assertThat(results.find(Results.MAX_RECENT)).isNull();
    assertThat(results.find(Results.MAX_RECENT + 1)).containsExactly("v1025");
    assertThat(results.find(2 * Results.MAX_RECENT)).containsExactly("v2048");
  }

  @Test
  void keepsWhatSomebodyWaitsForUntilHeHasIt() {
    results.expect(1);
    LongStream.rangeClosed(1, 2 * Results.MAX_RECENT).forEach(i -> carriedOut(i, "v" + i));

    assertThat(results.find(1)).containsExactly("v1");
    results.forget(1);
    assertThat(results.find(1)).isNull();
    assertThat(results.isExpecting()).isFalse();
  }

  @Test
  void keepsNoMoreThanItsBoundOfEither() {
    LongStream.rangeClosed(1, 8).forEach(results::expect);
    LongStream.rangeClosed(1, 8).forEach(i -> carriedOut(i, LARGE));

    List<Long> kept =
        LongStream.rangeClosed(1, 8).filter(i -> results.find(i) != null).boxed().toList();

    assertThat(kept)
        .as("three that are waited for, and the last three")
        .containsExactly(1L, 2L, 3L, 6L, 7L, 8L);
    LongStream.rangeClosed(1, 8).forEach(results::forget);
    results.expect(9);
    carriedOut(9, LARGE, LARGE, LARGE);
    assertThat(results.find(9)).as("what was given back is free again").hasSize(3);
  }

  @Test
  void doesNotForgetOthersForOneThatIsTooLargeToBeKept() {
    carriedOut(1, "v1");
    carriedOut(2, LARGE, LARGE, LARGE, LARGE);

    assertThat(results.find(1)).containsExactly("v1");
    assertThat(results.find(2)).isNull();
  }

  @Test
  void keepsOneResultWhenTheLogIsReadAgain() {
    results.expect(1);
    carriedOut(1, LARGE, LARGE);

    results.clear();
    carriedOut(1, LARGE, LARGE, "again");

    assertThat(results.find(1)).endsWith("again");
  }
}
