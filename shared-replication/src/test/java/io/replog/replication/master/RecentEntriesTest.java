package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Position;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {

  @Test
  void remembersPositionsAndTimesWhileItGrows() {
    RecentEntries recent = new RecentEntries(40);
    put(recent, 41, 1_000);

    assertThat(recent.positionAt(41)).isEqualTo(new Position(41, 2, -41));
    assertThat(recent.elapsedNanos(1_000, 5_000)).isEqualTo(4_000);
    assertThat(recent.positionAt(40)).isNull();
    assertThat(recent.positionAt(1_001)).isNull();
  }

  @Test
  void forgetsWhatIsTooLongAgo() {
    RecentEntries recent = new RecentEntries(0);
    put(recent, 1, RecentEntries.MAX_ENTRIES + 1);

    assertThat(recent.positionAt(1)).isNull();
    assertThat(recent.elapsedNanos(1, 9)).isEqualTo(-1);
    assertThat(recent.positionAt(2)).isEqualTo(new Position(2, 2, -2));
  }

  private static void put(RecentEntries recent, long from, long to) {
    for (long index = from; index <= to; index++) {
      recent.put(new Position(index, 2, -index), index);
    }
  }
}
