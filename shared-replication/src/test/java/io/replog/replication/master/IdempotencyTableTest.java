package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.replication.MemoryLog;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTableTest {

  private final MemoryLog log = new MemoryLog();

  @Test
  void findsEveryKeyWhileItGrows() {
    IdempotencyTable table = new IdempotencyTable(10_000, log::entryAt, "seed");
    fill(table, 5_000);

    assertThat(IntStream.rangeClosed(1, 5_000)).allMatch(i -> isAt(table.find("key-" + i), i));
    assertThat(table.find("key-0")).isNull();
  }

  @Test
  void forgetsTheOldestAndNothingElse() {
    IdempotencyTable table = new IdempotencyTable(1_000, log::entryAt, "seed");
    fill(table, 7_500);

    assertThat(table.size()).isEqualTo(1_000);
    assertThat(IntStream.rangeClosed(1, 6_500)).allMatch(i -> table.find("key-" + i) == null);
    assertThat(IntStream.rangeClosed(6_501, 7_500)).allMatch(i -> isAt(table.find("key-" + i), i));
  }

  @Test
  void growsOnAfterItsOldestWereForgotten() {
    IdempotencyTable table = new IdempotencyTable(10_000, log::entryAt, "seed");
    fill(table, 60);
    table.forgetThrough(40);

    for (int i = 61; i <= 500; i++) {
      table.remember(log.append(1, "key-" + i, "m" + i));
    }

    assertThat(table.size()).isEqualTo(460);
    assertThat(IntStream.rangeClosed(1, 40)).allMatch(i -> table.find("key-" + i) == null);
    assertThat(IntStream.rangeClosed(41, 500)).allMatch(i -> isAt(table.find("key-" + i), i));
  }

  @Test
  void findsEveryKeyWhateverTheSeed() {
    for (String seed : List.of("", "a", "another")) {
      IdempotencyTable table = new IdempotencyTable(100, log::entryAt, seed);
      Entry keyed = log.append(1, "key" + seed, "m");

      table.remember(keyed);

      assertThat(table.find("key" + seed)).isEqualTo(keyed);
      assertThat(table.find("other" + seed)).isNull();
    }
  }

  @Test
  void ignoresEntriesWithoutKey() {
    IdempotencyTable table = new IdempotencyTable(10, log::entryAt, "seed");

    table.remember(log.append(1, null, "m1"));

    assertThat(table.size()).isZero();
  }

  @Test
  void remembersNothingWhenNothingIsAllowed() {
    IdempotencyTable table = new IdempotencyTable(0, log::entryAt, "seed");
    fill(table, 3);

    assertThat(table.find("key-3")).isNull();
  }

  private void fill(IdempotencyTable table, int count) {
    for (int i = 1; i <= count; i++) {
      table.remember(log.append(1, "key-" + i, "m" + i));
    }
  }

  private static boolean isAt(Entry found, long index) {
    return found != null && found.index() == index;
  }
}
