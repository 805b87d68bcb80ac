package io.replog.system.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.load.Rush;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiguresTest {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Figures figures = new Figures(2);

  @Test
  void areKeptWhenEveryConditionLeavesEnough() {
    addAll(List.of(1_000.0, 1_100.0, 900.0), List.of(700.0, 800.0, 100.0));
    addTimes(SOON, SOON);

    assertThat(figures.broken()).isEmpty();
    assertThat(figures.isKept()).isTrue();
    assertThat(figures.ratio(Condition.OVERLOAD)).isEqualTo(0.7);
    assertThat(figures.lines()).last().isEqualTo("kept");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HEALTHY")
  void areNotKeptWhenOneConditionLeavesTooLittle(Condition poor) {
    addAll(List.of(1_000.0), List.of(900.0));
    figures.add(poor, outcome(690));
    figures.add(poor, outcome(690));
    addTimes(SOON, SOON);

    assertThat(figures.broken()).containsExactly(poor.words() + ": too little throughput");
    assertThat(figures.lines()).last().asString().startsWith("NOT KEPT");
  }

  @ParameterizedTest
  @EnumSource
  void areNotKeptWhenSomethingFailsInAnyRound(Condition failing) {
    addAll(List.of(1_000.0, 1_000.0), List.of(900.0, 900.0));
    figures.add(failing, new Rush.Outcome(900, 0, 1, 900, Duration.ofMillis(10)));
    addTimes(SOON, SOON);

    assertThat(figures.broken()).containsExactly(failing.words() + ": failures");
  }

  @Test
  void allowRefusalsAndSlownessInOverloadOnly() {
    addAll(List.of(1_000.0), List.of());
    Rush.Outcome poor = new Rush.Outcome(900, 5, 0, 900, Duration.ofMillis(21));
    List.of(Condition.FOLLOWER_DOWN, Condition.FOLLOWER_FLAPPING, Condition.OVERLOAD)
        .forEach(condition -> figures.add(condition, poor));
    addTimes(SOON, SOON);

    assertThat(figures.slowness(Condition.OVERLOAD)).isEqualTo(2.1);
    assertThat(figures.broken())
        .containsExactly(
            "one follower down: too slow",
            "one follower down: refusals",
            "one follower flapping: too slow",
            "one follower flapping: refusals");
  }

  @Test
  void areNotKeptWhenOneRecoveryTakesTooLong() {
    addAll(List.of(1_000.0), List.of(900.0));
    addTimes(SOON, SOON);
    addTimes(SOON, SOON);
    addTimes(Duration.ofSeconds(11), SOON);

    assertThat(figures.broken()).containsExactly("recovery takes too long");
  }

  @Test
  void areNotKeptWhenADeadFollowerIsNoticedTooLate() {
    addAll(List.of(1_000.0), List.of(900.0));
    addTimes(SOON, Duration.ofSeconds(3));

    assertThat(figures.broken()).containsExactly("a dead follower is noticed too late");
  }

  @Test
  void areNotKeptWhenSomethingWasNotMeasured() {
    figures.add(Condition.HEALTHY, outcome(1_000));

    assertThat(figures.isKept()).isFalse();
    assertThat(new Figures(1).isKept()).isFalse();
  }

  private void addAll(List<Double> healthy, List<Double> others) {
    for (Condition condition : Condition.values()) {
      (condition == Condition.HEALTHY ? healthy : others)
          .forEach(perSecond -> figures.add(condition, outcome(perSecond)));
    }
  }

  private void addTimes(Duration recovery, Duration notice) {
    figures.addRecovery(recovery);
    figures.addNotice(notice);
  }

  private static Rush.Outcome outcome(double perSecond) {
    return new Rush.Outcome((long) perSecond, 0, 0, perSecond, Duration.ofMillis(10));
  }
}
