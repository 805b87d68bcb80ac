package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.EntryKind;
import io.replog.replication.MemoryLog;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AddOutcome.Met;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

  private final MasterFixture master = MasterFixture.serving("f1", "f2");

  @Test
  void answersARepetitionForTheSameIndexAndAppendsNothing() {
    master.add("k", "m1", 1);

    long again = master.add("k", "m1", 1);

    assertThat(master.outcomeOf(again)).isEqualTo(new Met(1, 1, 1, true));
    assertThat(master.log.texts()).containsExactly("m1");
  }

  @Test
  void joinsTheFirstWhileItIsInFlight() {
    master.diskIsSlow();
    long first = master.add("k", "m1", 1);
    long second = master.add("k", "m1", 1);
    assertThat(master.outcomeOf(second)).isNull();

    master.becomesDurable();

    assertThat(master.isMet(first)).isTrue();
    assertThat(master.outcomeOf(second)).isEqualTo(new Met(1, 1, 1, true));
  }

  @Test
  void answersARepetitionWhenItsOwnConcernIsMet() {
    master.add("k", "m1", 1);

    long stronger = master.add("k", "m1", 2);
    assertThat(master.outcomeOf(stronger)).isNull();
    master.follower("f1").acknowledges(1);

    assertThat(master.outcomeOf(stronger)).isEqualTo(new Met(1, 1, 2, true));
  }

  @Test
  void refusesAnotherTextUnderTheSameKey() {
    master.add("k", "m1", 1);

    long other = master.add("k", "m2", 1);

    assertThat(master.refusalOf(other)).isEqualTo(AddRefusal.KEY_REUSED);
    assertThat(master.log.texts()).containsExactly("m1");
  }

  @Test
  void refusesTheSameTextOfAnotherKindUnderTheSameKey() {
    master.add("k", "b, r(1), c", 1);

    long other = master.addTransaction("k", "b, r(1), c", 1);

    assertThat(master.refusalOf(other)).isEqualTo(AddRefusal.KEY_REUSED);
    long transaction = master.addTransaction("k2", "b, r(1), c", 1);
    assertThat(master.outcomeOf(transaction)).isEqualTo(new Met(2, 1, 1, false));
    assertThat(master.log.entryAt(2).kind()).isEqualTo(EntryKind.TRANSACTION);
    assertThat(master.outcomeOf(master.addTransaction("k2", "b, r(1), c", 1)))
        .isEqualTo(new Met(2, 1, 1, true));
    assertThat(master.refusalOf(master.add("k2", "b, r(1), c", 1)))
        .isEqualTo(AddRefusal.KEY_REUSED);
  }

  @Test
  void answersARepetitionOnAFullDisk() {
    master.add("k", "m1", 1);
    master.step(new MasterInput.DiskFull(true));

    assertThat(master.isMet(master.add("k", "m1", 1))).isTrue();
    assertThat(master.refusalOf(master.add("m2", 1))).isEqualTo(AddRefusal.FULL);
    master.step(new MasterInput.DiskFull(false));
    assertThat(master.isMet(master.add("m2", 1))).isTrue();
  }

  @Test
  void recognisesAKeyFromBeforeTheRestart() {
    MemoryLog log = new MemoryLog();
    log.append(1, "k", "m1");
    MasterFixture restarted = MasterFixture.with(log);
    restarted.core.remember(log.entryAt(1));
    restarted.tick();

    assertThat(restarted.outcomeOf(restarted.add("k", "m1", 1))).isEqualTo(new Met(1, 1, 1, true));
  }
}
