package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.RefusalReason;
import io.replog.model.ReplicaState;
import io.replog.replication.MemoryLog;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseTest {

  private final MasterFixture master = MasterFixture.serving("f1", "f2");

  @Test
  void releasesWhatEveryFollowerHasProven() {
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);

    wants(3);

    assertThat(released()).isEqualTo(3);
  }

  @Test
  void keepsWhatOneFollowerLacks() {
    addFive();
    master.follower("f1").acknowledges(5);

    wants(3);

    assertThat(released()).isZero();
    assertThat(master.view().releasableIndex()).isZero();
  }

  @Test
  void keepsWhatAFollowerLacksHoweverLongItIsDown() {
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);
    master.follower("f2").isWiped();
    master.passesWithHeartbeats(Duration.ofSeconds(1), "f1", "f2");
    master.passesWithHeartbeats(Duration.ofDays(1), "f1");

    wants(3);

    assertThat(released()).isZero();
  }

  @Test
  void tellsOthersOnlyWhatIsOnItsDisk() {
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);

    wants(3);
    long before = firstIndexTold();
    master.step(new MasterInput.Released(master.log.positionAt(3)));

    assertThat(before).isEqualTo(1);
    assertThat(firstIndexTold()).isEqualTo(4);
  }

  @Test
  void asksAgainForWhatTheDiskDidNotRelease() {
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);

    wants(3);
    wants(3);
    master.step(new MasterInput.Released(master.log.positionAt(3)));
    wants(3);

    assertThat(master.all(MasterEffect.Release.class)).hasSize(2);
  }

  @Test
  void forgetsTheKeysOfWhatIsReleased() {
    master.add("key", "m1", 1);
    IntStream.rangeClosed(2, 5).forEach(i -> master.add("m" + i, 1));
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);

    wants(3);
    long again = master.add("key", "m1", 1);

    assertThat(((AddOutcome.Met) master.outcomeOf(again)).index()).isEqualTo(6);
  }

  @Test
  void letsAnEmptyFollowerBeginBehindTheBase() {
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);
    wants(3);
    master.step(new MasterInput.Released(master.log.positionAt(3)));

    master.follower("f2").isWiped();
    master.passesWithHeartbeats(Duration.ofSeconds(6), "f1", "f2");

    assertThat(master.follower("f2").lastSend().previous()).isEqualTo(master.log.positionAt(3));
  }

  @Test
  void asksAPersonWhereAFollowerEndsBeforeTheBase() {
    MemoryLog old = new MemoryLog();
    addFive();
    master.follower("f1").acknowledges(5);
    master.follower("f2").acknowledges(5);
    old.write(master.log.behind(0).subList(0, 2));
    wants(3);
    master.step(new MasterInput.Released(master.log.positionAt(3)));

    master.follower("f2").isWiped();
    master.follower("f2").holds(MasterFixture.LOG, old.end()).promises();
    master.passesWithHeartbeats(Duration.ofSeconds(6), "f1", "f2");
    master.follower("f2").refuses(RefusalReason.GAP);

    assertThat(master.viewOf("f2").state()).isEqualTo(ReplicaState.DIVERGED);
    assertThat(master.viewOf("f2").lastError()).contains("ends at #2", "begins at #4");
  }

  @Test
  void beginsBehindTheFirstEntryThatAnAdoptedFollowerKeeps() {
    MemoryLog held = MemoryLog.of(1, 9);
    MasterFixture empty = MasterFixture.empty("f1");
    empty.tick();
    empty.follower("f1").holds("kept", held.end()).answersHeartbeat();
    empty.adopt();

    empty.step(new MasterInput.PulledBase("f1", held.positionAt(4)));
    empty.step(new MasterInput.Durable(4));

    assertThat(empty.all(MasterEffect.Begin.class).getFirst().base()).isEqualTo(held.positionAt(4));
    assertThat(empty.all(MasterEffect.Pull.class).getLast().own()).isEqualTo(held.positionAt(4));
  }

  private void addFive() {
    IntStream.rangeClosed(1, 5).forEach(i -> master.add("m" + i, 1));
  }

  private void wants(long index) {
    master.step(new MasterInput.Release(master.log.positionAt(index)));
  }

  private long released() {
    return master.all(MasterEffect.Release.class).stream()
        .mapToLong(MasterEffect.Release::index)
        .max()
        .orElse(0);
  }

  private long firstIndexTold() {
    master.passes(Duration.ofSeconds(1));
    return master.follower("f1").lastBeat.request().firstIndex();
  }
}
