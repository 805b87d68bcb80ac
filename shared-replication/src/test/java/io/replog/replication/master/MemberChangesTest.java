package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.FollowerFault;
import io.replog.model.Member;
import io.replog.model.Membership;
import io.replog.model.WriteConcern;
import io.replog.replication.MemoryLog;
import io.replog.replication.master.AddOutcome.AddRefusal;
import io.replog.replication.master.AddOutcome.UnmetReason;
import io.replog.replication.master.MemberOutcome.Changed;
import io.replog.replication.master.MemberOutcome.MemberRefusal;
import io.replog.replication.master.MemberOutcome.Pending;
import io.replog.replication.master.MemberOutcome.Refused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A node joins and leaves, and what becomes of those who wait.
class MemberChangesTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void countsWhoJoinsOnlyWhenItHasCaughtUp() {
    MasterFixture master = MasterFixture.serving("f1");
    master.add("m1", 1);
    master.follower("f1").acknowledges(1);

    long join = master.join(MasterFixture.member("f2"), SOON);
    master.tick();

    assertThat(master.changeOf(join)).isNull();
    assertThat(master.view().membership().named("f2")).isNull();
    assertThat(master.viewOf("f2").role()).isEqualTo(MemberRole.JOINING);

    catchesUp(master, "f2", 1);

    assertThat(lastWritten(master).kind()).isEqualTo(EntryKind.MEMBERSHIP);
    assertThat(lastWritten(master).text())
        .isEqualTo("f2 joins\nf1 http://f1:6062 eager\nf2 http://f2:6062 eager");
    assertThat(master.viewOf("f2").role()).isEqualTo(MemberRole.MEMBER);
    assertThat(master.changeOf(join)).as("a majority of three has to hold it").isNull();

    master.follower("f2").acknowledges(2);

    assertThat(master.changeOf(join)).isInstanceOf(Changed.class);
    assertThat(master.view().membersIndex()).isEqualTo(2);
  }

  @Test
  void asksForOneNodeMoreOnceSomebodyHasJoined() {
    MasterFixture master = joined("f1", "f2");

    long add = master.add("m", 3);
    master.follower("f1").acknowledges(master.log.end().index());
    assertThat(master.outcomeOf(add)).isNull();
    master.follower("f2").acknowledges(master.log.end().index());

    assertThat(master.isMet(add)).isTrue();
  }

  /// Behind the join there are three, and the entry is fixed to what they are then.
  @Test
  void makesANumberOfAConcernWhenItAppends() {
    MasterFixture master = MasterFixture.serving("f1");
    long before = master.add("m1", new WriteConcern.All());
    master.join(MasterFixture.member("f2"), SOON);
    master.tick();
    catchesUp(master, "f2", 1);
    long behind = master.add("m2", new WriteConcern.All());

    master.follower("f1").acknowledges(master.log.end().index());

    assertThat(master.isMet(before)).isTrue();
    assertThat(master.outcomeOf(behind)).isNull();
    master.follower("f2").acknowledges(master.log.end().index());
    assertThat(master.isMet(behind)).isTrue();
  }

  @Test
  void answersAtOnceWhoWaitsForANodeThatLeaves() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    long add = master.add("m1", 3);
    long smaller = master.add("m2", 2);

    long leave = master.leave("f2");

    assertThat(master.outcomeOf(add))
        .isInstanceOfSatisfying(
            AddOutcome.Unmet.class,
            unmet -> assertThat(unmet.reason()).isEqualTo(UnmetReason.MEMBER_LEFT));
    assertThat(master.outcomeOf(smaller)).isNull();
    master.follower("f1").acknowledges(3);
    assertThat(master.isMet(smaller)).isTrue();
    assertThat(master.changeOf(leave)).isInstanceOf(Changed.class);
  }

  @Test
  void refusesAConcernThatNobodyCanMeetSinceSomebodyHasLeft() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.leave("f2");

    long add = master.add("m", 3);

    assertThat(master.refusalOf(add)).isEqualTo(AddRefusal.MEMBER_LEFT);
  }

  @Test
  void countsNothingOfANodeThatHasLeft() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.leave("f2");
    long add = master.add("m", 2);

    master.follower("f2").acknowledges(2);

    assertThat(master.outcomeOf(add)).isNull();
    assertThat(master.view().commitIndex()).isZero();
  }

  @Test
  void tellsWhoHasLeftSoAndThenLetsItGo() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.leave("f2");
    assertThat(master.viewOf("f2").role()).isEqualTo(MemberRole.LEAVING);

    master.follower("f2").acknowledges(1);

    assertThat(connected(master)).containsExactly("f1");
  }

  @Test
  void letsGoWhoHasLeftAndDoesNotAnswer() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.leave("f2");
    master.follower("f1").acknowledges(1);

    master.passes(Duration.ofSeconds(11));

    assertThat(connected(master)).containsExactly("f1");
  }

  @Test
  void ignoresWhatAnEarlierNodeOfTheNameSays() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.tick();
    long beat = master.follower("f2").lastBeat.beat();
    master.leave("f2");
    master.follower("f2").acknowledges(1);
    master.follower("f1").acknowledges(1);

    master.join(Member.eager("f2", "http://elsewhere:6062"), SOON);
    master.follower("f2").answersHeartbeat(beat, master.follower("f2").standing());

    assertThat(master.viewOf("f2").standing()).isNull();
  }

  @Test
  void changesNothingWhenWhoJoinsDoesNotCatchUpInTime() {
    MasterFixture master = MasterFixture.serving("f1");
    master.add("m1", 1);
    master.follower("f1").acknowledges(1);

    long join = master.join(MasterFixture.member("f2"), SOON);
    master.passes(Duration.ofSeconds(6));

    assertThat(refusalOf(master, join)).isEqualTo(MemberRefusal.NOT_CAUGHT_UP);
    assertThat(connected(master)).containsExactly("f1");
    assertThat(master.view().membersIndex()).isZero();
  }

  @Test
  void refusesWhoHoldsAnotherLog() {
    MasterFixture master = MasterFixture.serving("f1");
    long join = master.join(MasterFixture.member("f2"), SOON);
    master.tick();

    master.follower("f2").fault = FollowerFault.CORRUPT;
    master.follower("f2").answersHeartbeat();

    assertThat(refusalOf(master, join)).isEqualTo(MemberRefusal.UNFIT);
    assertThat(connected(master)).containsExactly("f1");
  }

  @Test
  void sendsNothingToWhomItLetsGo() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    master.leave("f2");
    master.diskIsSlow();
    master.add("m", 1);
    master.follower("f2").acknowledges(1);
    assertThat(connected(master)).containsExactly("f1");

    master.becomesDurable();

    assertThat(master.follower("f2").lastSend().upTo()).isEqualTo(1);
  }

  @Test
  void letsAllGoThatAreLostOneBehindTheOther() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    long first = master.leave("f1");

    long second = master.leave("f2");

    assertThat(master.changeOf(first)).isInstanceOf(Pending.class);
    assertThat(master.changeOf(second)).isInstanceOf(Changed.class);
    assertThat(master.isMet(master.add("alone", 1))).isTrue();
  }

  @Test
  void letsSomebodyGoWhileAnotherCatchesUp() {
    MasterFixture master = MasterFixture.serving("f1", "f2");
    long join = master.join(MasterFixture.member("f3"), SOON);

    long leave = master.leave("f2");

    assertThat(refusalOf(master, join)).isEqualTo(MemberRefusal.BUSY);
    master.follower("f1").acknowledges(1);
    assertThat(master.changeOf(leave)).isInstanceOf(Changed.class);
  }

  @Test
  void goesOnWithAJoinForWhoeverAskedLast() {
    MasterFixture master = MasterFixture.serving("f1");
    long first = master.join(MasterFixture.member("f2"), SOON);

    long second = master.join(MasterFixture.member("f2"), SOON);
    catchesUp(master, "f2", 0);
    master.follower("f2").acknowledges(1);

    assertThat(refusalOf(master, first)).isEqualTo(MemberRefusal.BUSY);
    assertThat(master.changeOf(second)).isInstanceOf(Changed.class);
  }

  @Test
  void appendsNoLayerNodeOnAFullDisk() {
    MasterFixture master = MasterFixture.serving("f1");
    master.step(new MasterInput.DiskFull(true));

    long join = master.join(new Member("layer-1-1", "http://l:1", "every 10s"), SOON);
    long leave = master.leave("f1");

    assertThat(refusalOf(master, join)).isEqualTo(MemberRefusal.FULL);
    assertThat(refusalOf(master, leave)).isEqualTo(MemberRefusal.FULL);
  }

  @Test
  void keepsTheEntryOfTheMembersUntilEverybodyHoldsTheNewerOne() {
    MasterFixture master = joined("f1", "f2");
    master.add("m2", 1);
    master.follower("f1").acknowledges(2);
    master.follower("f2").acknowledges(2);
    master.step(new MasterInput.Release(master.log.positionAt(1)));
    assertThat(master.view().membersIndex()).isEqualTo(3);

    master.follower("f1").acknowledges(3);
    master.step(new MasterInput.Release(master.log.positionAt(1)));
    assertThat(master.all(MasterEffect.Release.class)).as("f2 lacks #3").isEmpty();

    master.follower("f2").acknowledges(3);
    master.step(new MasterInput.Release(master.log.positionAt(1)));
    assertThat(master.all(MasterEffect.Release.class)).hasSize(1);
  }

  @Test
  void joinsOneAtATime() {
    MasterFixture master = MasterFixture.serving("f1", "f2", "f3");
    long first = master.leave("f3");

    long second = master.join(MasterFixture.member("f4"), SOON);

    assertThat(refusalOf(master, second)).isEqualTo(MemberRefusal.BUSY);
    master.follower("f1").acknowledges(1);
    assertThat(master.changeOf(first)).isInstanceOf(Changed.class);
    assertThat(refusalOf(master, master.leave("f9"))).isEqualTo(MemberRefusal.NOT_A_MEMBER);
  }

  @Test
  void answersARepeatedJoinAsTheFirst() {
    MasterFixture master = joined("f1", "f2");

    long again = master.join(MasterFixture.member("f2"), SOON);

    assertThat(master.changeOf(again))
        .isInstanceOfSatisfying(Changed.class, changed -> assertThat(changed.already()).isTrue());
  }

  @Test
  void refusesANameOrAnAddressThatIsTaken() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long name = master.join(Member.eager("f1", "http://elsewhere:1"), SOON);
    long address = master.join(Member.eager("f9", "http://f1:6062"), SOON);

    assertThat(refusalOf(master, name)).isEqualTo(MemberRefusal.CONFLICT);
    assertThat(refusalOf(master, address)).isEqualTo(MemberRefusal.CONFLICT);
  }

  @Test
  void saysThatAChangeIsInForceThatNoMajorityIsKnownToHold() {
    MasterFixture master = MasterFixture.serving("f1", "f2");

    long leave = master.leave("f2");
    master.passes(Duration.ofSeconds(6));

    assertThat(master.changeOf(leave)).isInstanceOf(Pending.class);
    master.follower("f1").acknowledges(1);
    assertThat(master.view().commitIndex()).isEqualTo(1);
  }

  @Test
  void takesWhoDoesNotCountWithoutSendingAnything() {
    MasterFixture master = MasterFixture.serving("f1");

    long join = master.join(new Member("layer-1-1", "http://l:6065", "every 10 messages"), SOON);
    master.follower("f1").acknowledges(1);

    assertThat(master.changeOf(join)).isInstanceOf(Changed.class);
    assertThat(connected(master)).containsExactly("f1");
    assertThat(master.isMet(master.add("m", 1))).isTrue();
    assertThat(master.view().membership().members()).hasSize(2);
  }

  @Test
  void beginsWithTheMembersThatTheLogSays() {
    MemoryLog log = new MemoryLog();
    Entry left =
        Entry.after(
            log.end(),
            1,
            5_000,
            EntryKind.MEMBERSHIP,
            null,
            new Membership("x", MasterFixture.members("f1", "f2")).without("f2").text());
    log.write(List.of(left));

    MasterFixture master =
        MasterFixture.with(log, settings -> settings, r -> recovered(r, left), "f1", "f2");

    assertThat(connected(master)).containsExactly("f1");
    assertThat(master.core.connections().members()).extracting(Member::name).containsExactly("f1");
  }

  @Test
  void saysTheMembersAgainBeforeTheirEntryIsReleased() {
    MasterFixture master = joined("f1", "f2");
    long end = master.log.end().index();
    master.follower("f1").acknowledges(end);
    master.follower("f2").acknowledges(end);

    master.step(new MasterInput.Release(master.log.positionAt(end)));

    assertThat(master.all(MasterEffect.Release.class)).isEmpty();
    assertThat(lastWritten(master).text()).startsWith("the members as they are\n");
    assertThat(master.view().membersIndex()).isEqualTo(end + 1);
    master.follower("f1").acknowledges(end + 1);
    master.follower("f2").acknowledges(end + 1);
    master.step(new MasterInput.Release(master.log.positionAt(end)));
    assertThat(master.all(MasterEffect.Release.class)).hasSize(1);
  }

  private static MasterFixture joined(String first, String second) {
    MasterFixture master = MasterFixture.serving(first);
    master.join(MasterFixture.member(second), SOON);
    master.tick();
    catchesUp(master, second, 0);
    master.follower(first).acknowledges(1);
    master.follower(second).acknowledges(1);
    return master;
  }

  private static void catchesUp(MasterFixture master, String name, long index) {
    master.follower(name).answersHeartbeat();
    master.follower(name).acknowledgesProbe();
    if (index > 0) {
      master.follower(name).acknowledges(index);
    }
  }

  private static RecoveredMaster recovered(RecoveredMaster r, Entry membership) {
    return new RecoveredMaster(
        r.end(), 1, r.promise(), r.logId(), r.unfinishedLogId(), null, List.of(), membership);
  }

  private static MemberRefusal refusalOf(MasterFixture master, long change) {
    return master.changeOf(change) instanceof Refused refused ? refused.refusal() : null;
  }

  private static Entry lastWritten(MasterFixture master) {
    return master.all(MasterEffect.Write.class).getLast().entries().getLast();
  }

  private static List<String> connected(MasterFixture master) {
    return master.view().followers().stream().map(MasterView.FollowerView::name).toList();
  }
}
