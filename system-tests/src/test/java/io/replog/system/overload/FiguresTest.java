package io.replog.system.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiguresTest {

  private final Figures figures = new Figures();

  @Test
  void areKeptWhenEveryConditionLeavesEnough() {
    addAll(List.of(1_000.0, 1_100.0, 900.0), List.of(700.0, 800.0, 100.0));
    figures.addRecovery(Duration.ofSeconds(2));

    assertThat(figures.isKept()).isTrue();
    assertThat(figures.ratio(Condition.OVERLOAD)).isEqualTo(0.7);
    assertThat(figures.lines()).last().asString().startsWith("kept");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HEALTHY")
  void areNotKeptWhenOneConditionLeavesTooLittle(Condition poor) {
    addAll(List.of(1_000.0), List.of(900.0));
    figures.add(poor, 690.0);
    figures.add(poor, 690.0);
    figures.addRecovery(Duration.ofSeconds(2));

    assertThat(figures.isKept()).isFalse();
    assertThat(figures.lines()).last().asString().startsWith("NOT KEPT");
  }

  @Test
  void areNotKeptWhenRecoveryTakesTooLong() {
    addAll(List.of(1_000.0), List.of(900.0));
    figures.addRecovery(Duration.ofSeconds(11));

    assertThat(figures.isKept()).isFalse();
  }

  @Test
  void areNotKeptWhenSomethingWasNotMeasured() {
    figures.add(Condition.HEALTHY, 1_000);
    figures.addRecovery(Duration.ofSeconds(1));

    assertThat(figures.isKept()).isFalse();
    assertThat(new Figures().isKept()).isFalse();
  }

  private void addAll(List<Double> healthy, List<Double> others) {
    for (Condition condition : Condition.values()) {
      (condition == Condition.HEALTHY ? healthy : others)
          .forEach(perSecond -> figures.add(condition, perSecond));
    }
  }
}
