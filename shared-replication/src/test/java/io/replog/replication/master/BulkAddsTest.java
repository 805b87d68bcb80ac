package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.MasterInput.Message;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkAddsTest {

  private static Message message(String text) {
    return new Message(null, text);
  }

  private static List<Message> messages(int count) {
    return IntStream.range(0, count).mapToObj(n -> message("m" + n)).toList();
  }

  @Test
  void appendsInOrderWithOneWriteAndOneAnswer() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long call = master.addAll(messages(3), 1, Duration.ZERO);

    assertThat(master.takenOf(call)).isEqualTo(new Taken(3, 0, 1, 3, null));
    assertThat(master.outcomeOf(call)).isInstanceOf(AddOutcome.Met.class);
    assertThat(master.all(MasterEffect.Write.class)).hasSize(1);
    assertThat(master.log.behind(0)).extracting(Entry::text).containsExactly("m0", "m1", "m2");
  }

  @Test
  void answersWhenTheLastOfThemIsHeld() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long call = master.addAll(messages(3), 3, Duration.ZERO);
    master.follower("f1").acknowledges(3);
    assertThat(master.outcomeOf(call)).isNull();
    master.follower("f2").acknowledges(2);
    assertThat(master.outcomeOf(call)).isNull();
    master.follower("f2").acknowledges(3);

    assertThat(master.outcomeOf(call)).isEqualTo(new AddOutcome.Met(3, 1, 3, false));
  }

  @Test
  void countsAsOneBlockedCall() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    master.addAll(messages(5), 2, Duration.ZERO);

    assertThat(master.view().blockedCalls()).isEqualTo(1);
  }

  @Test
  void recognisesWhatItHasAlsoWithinTheSameCall() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.add("k1", "a", 1);

    long call =
        master.addAll(
            List.of(new Message("k1", "a"), new Message("k2", "b"), new Message("k2", "b")),
            1,
            Duration.ZERO);

    assertThat(master.takenOf(call)).isEqualTo(new Taken(3, 2, 1, 2, null));
  }

  @Test
  void stopsAtTheFirstThatIsRefusedAndKeepsWhatCameBefore() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long call =
        master.addAll(
            List.of(new Message("k", "a"), new Message("k", "b"), message("c")), 1, Duration.ZERO);

    Taken taken = master.takenOf(call);
    assertThat(taken.count()).isEqualTo(1);
    assertThat(taken.stopped().refusal()).isEqualTo(AddRefusal.KEY_REUSED);
    assertThat(master.outcomeOf(call)).isInstanceOf(AddOutcome.Met.class);
    assertThat(master.log.end().index()).isEqualTo(1);
  }

  @Test
  void leavesHalfOfTheRoomToMessagesThatComeAlone() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.diskIsSlow();
    int room = MasterFixture.settings("f1").maxUndurableEntries();

    long call = master.addAll(messages(room), 1, Duration.ZERO);
    long single = master.add("one", 1);

    assertThat(master.takenOf(call).count()).isEqualTo(room / 2);
    assertThat(master.takenOf(call).stopped().refusal()).isEqualTo(AddRefusal.OVERLOADED);
    assertThat(master.refusalOf(single)).isNull();
  }

  @Test
  void takesNothingWhileItDoesNotServe() {
    MasterFixture master = MasterFixture.empty("f1", "f2");

    long call = master.addAll(messages(2), 1, Duration.ZERO);

    assertThat(master.takenOf(call).count()).isZero();
    assertThat(master.takenOf(call).stopped().refusal()).isEqualTo(AddRefusal.NO_LOG);
    assertThat(master.outcomeOf(call)).isNull();
  }

  @Test
  void tellsWhenItsTimeIsOver() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long call = master.addAll(messages(2), 2, Duration.ofMillis(100));
    master.passes(Duration.ofMillis(101));

    assertThat(master.outcomeOf(call))
        .isInstanceOfSatisfying(
            AddOutcome.Unmet.class,
            unmet -> {
              assertThat(unmet.index()).isEqualTo(2);
              assertThat(unmet.reason()).isEqualTo(AddOutcome.UnmetReason.PENDING);
            });
  }
}
