package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.replication.master.AddOutcome.Met;
import io.replog.replication.master.AddOutcome.Unmet;
import io.replog.replication.master.AddOutcome.UnmetReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteConcernTest {

  private final MasterFixture master = MasterFixture.serving("f1", "f2");

  @Test
  void answersConcernOneWhenTheMasterHoldsIt() {
    master.diskIsSlow();
    long add = master.add("m1", 1);
    assertThat(master.outcomeOf(add)).isNull();

    master.becomesDurable();

    assertThat(master.outcomeOf(add)).isEqualTo(new Met(1, 1, 1, false));
  }

  @Test
  void answersConcernTwoWithTheFirstFollower() {
    long add = master.add("m1", 2);
    assertThat(master.outcomeOf(add)).isNull();

    master.follower("f2").acknowledges(1);

    assertThat(master.outcomeOf(add)).isEqualTo(new Met(1, 1, 2, false));
  }

  @Test
  void answersConcernThreeWithTheSlowestFollowerWhateverTheOrder() {
    long add = master.add("m1", 3);

    master.follower("f2").acknowledges(1);
    assertThat(master.outcomeOf(add)).isNull();
    master.follower("f1").acknowledges(1);

    assertThat(master.outcomeOf(add)).isEqualTo(new Met(1, 1, 3, false));
  }

  @Test
  void answersInAClusterOfOne() {
    MasterFixture single = MasterFixture.empty();
    single.tick();

    long add = single.add("m1", 1);

    assertThat(single.isMet(add)).isTrue();
    assertThat(single.view().commitIndex()).isEqualTo(1);
  }

  @Test
  void releasesTwoHundredCallsAtOnce() {
    List<Long> adds = IntStream.rangeClosed(1, 200).mapToObj(i -> master.add("m" + i, 3)).toList();
    assertThat(master.view().blockedCalls()).isEqualTo(200);

    master.follower("f1").acknowledges(200);
    master.follower("f2").acknowledges(200);

    assertThat(adds).allMatch(master::isMet);
    assertThat(master.view().blockedCalls()).isZero();
  }

  @Test
  void neverDelaysOneCallByAnother() {
    long blocked = master.add("m1", 3);

    long quick = master.add("m2", 1);

    assertThat(master.isMet(quick)).isTrue();
    assertThat(master.outcomeOf(blocked)).isNull();
  }

  @Test
  void givesUpWhenItsTimeIsOverAndKeepsTheMessage() {
    long add = master.add(null, "m1", 3, Duration.ofSeconds(2));
    master.follower("f1").acknowledges(1);

    master.passes(Duration.ofMillis(1_999));
    assertThat(master.outcomeOf(add)).isNull();
    master.passes(Duration.ofMillis(1));

    assertThat(master.outcomeOf(add)).isEqualTo(new Unmet(1, 1, 2, 3, UnmetReason.PENDING, false));
    assertThat(master.log.texts()).containsExactly("m1");
  }

  @Test
  void givesUpInTimeOnAClockThatIsNegative() {
    MasterFixture negative = MasterFixture.startingAt(-5_000_000_000L, "f1");
    long add = negative.add(null, "m1", 2, Duration.ofSeconds(1));

    negative.passes(Duration.ofSeconds(1));

    assertThat(negative.outcomeOf(add)).isInstanceOf(Unmet.class);
  }

  @Test
  void forgetsACancelledCall() {
    long add = master.add("m1", 2);

    master.step(new MasterInput.Cancel(add));
    master.follower("f1").acknowledges(1);

    assertThat(master.outcomeOf(add)).isNull();
    assertThat(master.view().blockedCalls()).isZero();
  }

  @Test
  void answersAWaitForAnEntryThatComesLater() {
    long wait = master.waitForAcks(1, 2, Duration.ofSeconds(5));

    master.add("m1", 1);
    master.follower("f1").acknowledges(1);

    assertThat(master.all(MasterEffect.AnswerWait.class))
        .containsExactly(new MasterEffect.AnswerWait(wait, 2, true));
  }

  @Test
  void answersAWaitAtOnceWhenItHasNoTime() {
    master.add("m1", 1);

    long wait = master.waitForAcks(1, 3, Duration.ZERO);

    assertThat(master.all(MasterEffect.AnswerWait.class))
        .containsExactly(new MasterEffect.AnswerWait(wait, 1, false));
  }

  @Test
  void commitsWhatAMajorityHoldsAndNeverTakesItBack() {
    master.add("m1", 1);
    master.follower("f1").acknowledges(1);
    assertThat(master.view().commitIndex()).isEqualTo(1);

    master.follower("f1").isWiped();
    master.passes(Duration.ofMillis(600));
    master.follower("f1").answersHeartbeat();

    assertThat(master.viewOf("f1").matchIndex()).isZero();
    assertThat(master.view().commitIndex()).isEqualTo(1);
    assertThat(master.all(MasterEffect.PersistCommit.class))
        .containsExactly(new MasterEffect.PersistCommit(1));
  }

  @Test
  void answersEverybodyHonestlyWhenItStops() {
    long add = master.add("m1", 2);

    master.step(new MasterInput.Stop());
    long late = master.add("m2", 1);

    assertThat(master.outcomeOf(add)).isEqualTo(new Unmet(1, 1, 1, 2, UnmetReason.STOPPING, false));
    assertThat(master.refusalOf(late)).isEqualTo(AddOutcome.AddRefusal.STOPPING);
    assertThat(master.core.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void answersEverybodyHonestlyWhenItsLogFails() {
    master.diskIsSlow();
    long add = master.add("m1", 1);

    master.step(new MasterInput.LogFailed("no force"));
    long late = master.add("m2", 1);

    assertThat(master.outcomeOf(add))
        .isEqualTo(new Unmet(1, 1, 0, 1, UnmetReason.LOG_FAILED, false));
    assertThat(master.refusalOf(late)).isEqualTo(AddOutcome.AddRefusal.LOG_FAILED);
  }
}
