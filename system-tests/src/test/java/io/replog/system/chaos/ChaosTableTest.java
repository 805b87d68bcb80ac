package io.replog.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.history.Attempt;
import io.replog.system.history.Drain;
import io.replog.system.history.History;
import io.replog.system.history.Outcome.Acknowledged;
import io.replog.system.history.Violation;
import io.replog.system.history.Violation.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosTableTest {

  private static final Violation LOSS =
      new Violation(Promise.ACKNOWLEDGED_IS_KEPT, "gone", List.of(), List.of());

  @Test
  void sumsUpAllRuns() {
    ChaosTable table = new ChaosTable();
    table.add(report(1, 100, Map.of(FaultKind.KILL, 3, FaultKind.ROT, 1), List.of()));
    table.add(report(2, 300, Map.of(FaultKind.KILL, 4), List.of(LOSS)));
    table.add(report(3, 900, Map.of(FaultKind.POWER, 1), List.of()));

    assertThat(table.broken()).isEqualTo(1);
    assertThat(table.lines())
        .contains(
            "acknowledged adds: 1300; a run: least 100, median 300",
            "faults: 9: kill 7, power 1, rot 1",
            "3 runs, 1 with a broken promise, 1 thin")
        .anyMatch(line -> line.contains("BROKEN: C1"))
        .anyMatch(line -> line.contains("every promise was kept (thin)"));
  }

  @Test
  void callsRunThinForWantOfAddsOrOfFaults() {
    assertThat(report(1, 100, Map.of(FaultKind.KILL, 3), List.of()).isThin()).isFalse();
    assertThat(report(1, 99, Map.of(FaultKind.KILL, 3), List.of()).isThin()).isTrue();
    assertThat(report(1, 100, Map.of(FaultKind.KILL, 1), List.of()).isThin()).isTrue();
    assertThat(report(1, 99, Map.of(FaultKind.KILL, 3), List.of()).lines())
        .contains(
            "thin        at least 2 faults and 100 acknowledged adds make a run of 30 s worth"
                + " much");
  }

  private static ChaosReport report(
      long seed, int adds, Map<FaultKind, Integer> faults, List<Violation> violations) {
    History history = new History();
    for (int index = 1; index <= adds; index++) {
      history.add(new Attempt("w", "m" + index, 1, 0, 1, new Acknowledged(index, 1)));
    }
    history.drained(new Drain(Duration.ofSeconds(2), true));
    Duration length = Duration.ofSeconds(30);
    ChaosSettings settings =
        new ChaosSettings(
            seed, length, 3, 24, Set.of(FaultKind.KILL), length, Path.of("nowhere"), "", null);
    return new ChaosReport(settings, history, faults, violations);
  }
}
