package io.replog.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PendingEntriesTest {

  private final MemoryLog log = MemoryLog.of(1, 100);
  private final PendingEntries pending = new PendingEntries(0);

  @Test
  void findsEveryEntryByIndexWhileItGrows() {
    log.behind(0).forEach(pending::add);

    assertThat(pending.get(1)).isEqualTo(log.entryAt(1));
    assertThat(pending.get(100)).isEqualTo(log.entryAt(100));
    assertThat(pending.range(40, 42)).extracting("text").containsExactly("m40", "m41", "m42");
  }

  @Test
  void letsGoOfBothEnds() {
    log.behind(0).forEach(pending::add);

    pending.removeThrough(10);
    pending.removeBehind(12);

    assertThat(pending.size()).isEqualTo(2);
    assertThat(pending.bytes()).isEqualTo("m11m12".length());
    assertThat(pending.holds(10)).isFalse();
    assertThat(pending.holds(13)).isFalse();
  }

  @Test
  void goesOnBehindWhatWasRemoved() {
    pending.add(log.entryAt(1));
    pending.add(log.entryAt(2));
    pending.removeBehind(0);

    pending.add(log.entryAt(1));

    assertThat(pending.get(1)).isEqualTo(log.entryAt(1));
  }

  @Test
  void refusesAnEntryOutOfOrder() {
    assertThatThrownBy(() -> pending.add(log.entryAt(2)))
        .isInstanceOf(BrokenInvariantException.class);
  }
}
