package io.replog.system.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.FinalLog.Line;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Outcome.Refused;
import io.replog.system.history.Outcome.Unknown;
import io.replog.system.history.Reading.Way;
import io.replog.system.history.Resources.Usage;
import io.replog.system.history.Sight.Asked;
import io.replog.system.history.Sight.Kind;
import io.replog.system.history.Sight.Shower;
import io.replog.system.history.TailPart.Event;
import io.replog.system.history.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The checker accepts what keeps every promise and finds each breach. Without the second half, a
/// chaos test that passes would prove nothing.
class CheckerTest {

  private final History history = new History();
  private long now;

  @Test
  void acceptsHistoryThatKeepsEveryPromise() {
    acknowledge("a", 1, 1, 1);
    acknowledge("b", 3, 2, 3);
    attempt("c", 2, new Unknown("broken connection"));
    acknowledge("c", 2, 3, 2);
    attempt("d", 1, new Refused(503));
    attempt("e", 1, new Unknown("504"));
    see("follower-1", "a");
    see("follower-1", "a", "b", "c");
    see("master", "a", "b", "c", "e");
    finish(List.of("a", "b", "c", "e"), List.of("a", "b", "c", "e"), List.of("a", "b", "c", "e"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void acceptsRefusalThatFollowsAnIndefiniteAttempt() {
    attempt("a", 1, new Unknown("504"));
    attempt("a", 1, new Refused(503));
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void findsAcknowledgedMessageThatIsGone() {
    acknowledge("a", 1, 1, 1);
    acknowledge("b", 1, 2, 1);
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void findsAcknowledgedMessageOnTooFewNodes() {
    acknowledge("a", 3, 1, 3);
    finish(List.of("a"), List.of("a"), List.of());

    assertThat(broken()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void findsSuccessBelowItsConcern() {
    acknowledge("a", 3, 1, 2);
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).containsExactly(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void findsTwoTextsAtOneIndex() {
    acknowledge("a", 1, 1, 1);
    see("follower-1", "b");
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).contains(Promise.ONE_TEXT_PER_INDEX);
  }

  @Test
  void findsMessageThatIsThereTwice() {
    attempt("a", 1, new Unknown("broken connection"));
    acknowledge("a", 1, 2, 1);
    finish(List.of("a", "a"), List.of("a", "a"), List.of("a", "a"));

    assertThat(broken()).containsExactly(Promise.EXACTLY_ONCE);
  }

  @Test
  void findsKeyWithTwoIndexes() {
    acknowledge("a", 1, 1, 1);
    acknowledge("a", 1, 2, 1);
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).contains(Promise.EXACTLY_ONCE);
  }

  @Test
  void findsLaterAddBeforeAnEarlierOne() {
    acknowledge("a", 1, 2, 1);
    acknowledge("b", 1, 1, 1);
    finish(List.of("b", "a"), List.of("b", "a"), List.of("b", "a"));

    assertThat(broken()).containsExactly(Promise.ORDER_OF_REAL_TIME);
  }

  @Test
  void acceptsAnyOrderOfAddsThatOverlap() {
    history.add(new Attempt("1", "a", 1, 0, 100, new Acknowledged(2, 1)));
    history.add(new Attempt("2", "b", 1, 50, 60, new Acknowledged(1, 1)));
    finish(List.of("b", "a"), List.of("b", "a"), List.of("b", "a"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void findsRefusedMessageInLog() {
    attempt("a", 1, new Refused(503));
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).containsExactly(Promise.REFUSED_STAYS_OUT);
  }

  @Test
  void findsReadWithGap() {
    see("follower-1", "a", "c");
    finish(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of("a", "b", "c"));

    assertThat(broken()).contains(Promise.READS_ARE_PREFIXES);
  }

  @Test
  void findsReadThatShrinks() {
    see("follower-1", "a", "b");
    see("follower-1", "a");
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.READS_NEVER_SHRINK);
  }

  @Test
  void findsNodeThatStaysBehind() {
    finish(List.of("a", "b"), List.of("a"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.CONVERGENCE);
  }

  @Test
  void findsFallingEpoch() {
    List<Line> records = List.of(new Line(1, 2, "a"), new Line(2, 1, "b"));
    history.add(new FinalLog("master", records));

    assertThat(broken()).containsExactly(Promise.EPOCHS_RISE);
  }

  @Test
  void acceptsPagesTailsAndNodesThatComeToRest() {
    see("master", new Asked(Kind.LOCAL, 2, 1, 0), 3, "b");
    see("master", new Asked(Kind.MAJORITY, 1, 10, 2), 3, "a", "b", "c");
    hear(0, "a", "b");
    hear(2, "c");
    history.add(new Resources("master", usage(30), usage(34)));
    history.add(new Ending("follower-1", 74, true));
    history.drained(new Drain(Duration.ofSeconds(2), true));
    finish(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of("a", "b", "c"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void acceptsShorterReadFromAnotherDisk() {
    see("follower-1", "a", "b");
    history.add(
        new Sight(new Shower("follower-1", 1), Asked.EVERYTHING, now, now + 5, List.of("a"), 1));
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void acceptsShorterReadThatOverlapsTheLongerOne() {
    Shower shower = new Shower("master", 0);
    history.add(new Sight(shower, Asked.EVERYTHING, 0, 20, List.of("a", "b"), 2));
    history.add(new Sight(shower, Asked.EVERYTHING, 10, 30, List.of("a"), 1));
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void findsReadThatShowsLessThanTheNodeSays() {
    see("master", Asked.EVERYTHING, 2, "a");
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.READS_ARE_PREFIXES);
  }

  @Test
  void findsReadThatDoesNotWaitForItsIndex() {
    see("follower-1", new Asked(Kind.LOCAL, 2, 10, 2), 1);
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.READS_NEVER_SHRINK);
  }

  @Test
  void findsMajorityReadOfWhatDisappears() {
    see("follower-1", new Asked(Kind.MAJORITY, 1, 10, 0), 2, "a", "b");
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).containsExactly(Promise.MAJORITY_READS_ARE_KEPT);
  }

  @Test
  void findsMajorityReadThatGoesBack() {
    Asked majority = new Asked(Kind.MAJORITY, 1, 10, 0);
    see("follower-1", majority, 2, "a", "b");
    see("follower-1", majority, 1, "a");
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.MAJORITY_READS_ARE_KEPT);
  }

  @Test
  void findsTailWithGap() {
    hear(0, "a");
    history.add(new TailPart("master", 1, List.of(new Event(3, "c"))));
    finish(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of("a", "b", "c"));

    assertThat(broken()).containsExactly(Promise.TAILS_ARE_CONTIGUOUS);
  }

  @Test
  void findsTailThatRepeatsAfterItWasResumed() {
    history.add(new TailPart("master", 1, List.of(new Event(1, "a"), new Event(2, "b"))));
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(broken()).containsExactly(Promise.TAILS_ARE_CONTIGUOUS);
  }

  @Test
  void findsTailWithAnotherText() {
    hear(0, "x");
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(broken()).containsExactly(Promise.TAILS_ARE_CONTIGUOUS);
  }

  @Test
  void findsLogsThatDifferInAFieldThatNobodyReads() {
    List<Line> records = List.of(new Line(1, 1, "a"));
    history.add(new FinalLog("master", records, "digest 1"));
    history.add(new FinalLog("follower-1", records, "digest 2"));

    assertThat(broken()).containsExactly(Promise.CONVERGENCE);
  }

  @Test
  void findsClusterThatDoesNotComeToRest() {
    history.drained(new Drain(Duration.ofSeconds(300), false));

    assertThat(broken()).containsExactly(Promise.CONVERGENCE);
  }

  @Test
  void findsThreadsFilesAndMemoryThatStay() {
    history.add(new Resources("master", usage(30), usage(60)));

    assertThat(Checker.check(history))
        .extracting(Violation::detail)
        .satisfiesExactlyInAnyOrder(
            detail -> assertThat(detail).contains("60 threads"),
            detail -> assertThat(detail).contains("600 open files"),
            detail -> assertThat(detail).contains("600 bytes"));
  }

  @Test
  void findsNodeThatEndsByItself() {
    history.add(new Ending("master", 1, false));

    assertThat(broken()).containsExactly(Promise.NODES_STAY_UP);
  }

  @Test
  void findsNodeThatAnswersWithAFailure() {
    history.add(new FailedAnswer("follower-1", "GET /messages", "Internal error", false));

    assertThat(broken()).containsExactly(Promise.NODES_ANSWER);
  }

  @Test
  void acceptsFailureOfANodeWhoseDiskFails() {
    history.add(new FailedAnswer("master", "POST /add", "the node has failed", true));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void findsNodeOfWhichNoReadSucceeds() {
    history.reads(new Reading("master", Way.LOCAL));
    history.reads(new Reading("follower-1", Way.LOCAL));
    see("master", "a");
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(Checker.check(history))
        .singleElement()
        .extracting(Violation::promise, Violation::detail)
        .containsExactly(Promise.NODES_ANSWER, "no read has succeeded: follower-1 LOCAL");
  }

  @Test
  void findsWayOfReadingThatNeverSucceeds() {
    for (Way way : Way.values()) {
      history.reads(new Reading("master", way));
      history.reads(new Reading("follower-1", way));
    }
    see("master", "a");
    see("follower-1", new Asked(Kind.MAJORITY, 1, 10, 0), 1, "a");
    hear(0, "a");
    finish(List.of("a"), List.of("a"), List.of("a"));

    assertThat(Checker.check(history))
        .extracting(Violation::detail)
        .containsExactly(
            "no read has succeeded: follower-1 LOCAL",
            "no read has succeeded: follower-1 TAIL",
            "no read has succeeded: master MAJORITY");
  }

  @Test
  void findsAnswerThatNoValidReadMayGet() {
    history.add(new RefusedRead(new Reading("follower-1", Way.TAIL), 404));
    history.add(new RefusedRead(new Reading("follower-1", Way.TAIL), 503));
    history.add(new RefusedRead(new Reading("follower-1", Way.LOCAL), 412));

    assertThat(Checker.check(history))
        .singleElement()
        .extracting(Violation::promise, Violation::detail)
        .containsExactly(
            Promise.NODES_ANSWER, "follower-1 answered valid reads (TAIL) with 404, 1 times");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 408, 409, 413, 422, 429, 507})
  void findsRefusalOfValidAdd(int status) {
    attempt("a", 1, new Refused(status));

    assertThat(broken()).containsExactly(Promise.REFUSALS_ARE_DUE);
  }

  @Test
  void acceptsRefusalsForWantOfSpaceWhereTheDiskWasFull() {
    history.masterDiskFilled();
    attempt("a", 1, new Refused(507));
    attempt("b", 1, new Refused(503));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void findsOtherRefusalsAlsoWhereTheDiskWasFull() {
    history.masterDiskFilled();
    attempt("a", 1, new Refused(409));

    assertThat(broken()).containsExactly(Promise.REFUSALS_ARE_DUE);
  }

  @Test
  void showsTheReadsOfWhichOneIsShorter() {
    see("follower-1", "a", "b");
    see("follower-1", "a");
    finish(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));

    assertThat(Checker.check(history).getFirst().evidence())
        .satisfiesExactly(
            longer -> assertThat(longer).contains("2 messages, the last ones [a, b], up to #2"),
            shorter -> assertThat(shorter).contains("1 messages, the last ones [a], up to #1"));
  }

  @Test
  void showsTheTailAndTheEntriesThatDoNotJoin() {
    history.add(new TailPart("master", 0, List.of(new Event(1, "a"), new Event(3, "c"))));
    finish(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of("a", "b", "c"));

    assertThat(evidence())
        .containsExactly("a tail of master, resumed after #0, brought #1 'a', #3 'c'");
  }

  @Test
  void showsWhereLogsDifferFirst() {
    finish(List.of("a", "b", "c"), List.of("a", "x"), List.of("a", "b"));

    assertThat(evidence())
        .contains(
            "in the end: follower-1 has 'x' at #2 (epoch 1)",
            "in the end: another node has 'b' at #2 (epoch 1)",
            "in the end: follower-2 has nothing at #3");
  }

  @Test
  void showsTheEntriesBetweenWhichTheEpochFalls() {
    history.add(new FinalLog("master", List.of(new Line(1, 2, "a"), new Line(2, 1, "b"))));

    assertThat(evidence())
        .containsExactly(
            "in the end: master has 'a' at #1 (epoch 2)",
            "in the end: master has 'b' at #2 (epoch 1)");
  }

  private List<String> evidence() {
    return Checker.check(history).stream().flatMap(found -> found.evidence().stream()).toList();
  }

  private static Usage usage(int threads) {
    return new Usage(threads, threads * 10, threads * 10L, 400);
  }

  private void hear(long resumedAfter, String... texts) {
    List<Event> events = new ArrayList<>();
    for (String text : texts) {
      events.add(new Event(resumedAfter + events.size() + 1, text));
    }
    history.add(new TailPart("master", resumedAfter, events));
  }

  private void acknowledge(String text, int concern, long index, int acks) {
    attempt(text, concern, new Acknowledged(index, acks));
  }

  private void attempt(String text, int concern, Outcome outcome) {
    history.add(new Attempt("1", text, concern, now, now + 5, outcome));
    now += 10;
  }

  private void see(String node, String... texts) {
    see(node, Asked.EVERYTHING, texts.length, texts);
  }

  private void see(String node, Asked asked, long shownIndex, String... texts) {
    Shower shower = new Shower(node, 0);
    history.add(new Sight(shower, asked, now, now + 5, List.of(texts), shownIndex));
    now += 10;
  }

  private void finish(List<String> master, List<String> follower1, List<String> follower2) {
    history.add(finalLog("master", master));
    history.add(finalLog("follower-1", follower1));
    history.add(finalLog("follower-2", follower2));
  }

  private static FinalLog finalLog(String node, List<String> texts) {
    List<Line> records = new ArrayList<>();
    texts.forEach(text -> records.add(new Line(records.size() + 1L, 1, text)));
    return new FinalLog(node, records);
  }

  private List<Promise> broken() {
    return Checker.check(history).stream().map(Violation::promise).distinct().toList();
  }
}
