package io.replog.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of whole clusters, each drawn from a seed. `-Dsimulation.seeds=N` runs more,
/// `-Dsimulation.firstSeed=S` others, `-Dsimulation.seed=S` repeats one and writes all its events
/// to `target/simulation-S.txt`.
class SimulationTest {

  private static final long FIRST_SEED = Long.getLong("simulation.firstSeed", 1);
  private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

  /// Below this number of seeds the rare faults need not have happened.
  private static final long ENOUGH_SEEDS = 500;

  private static final int MAX_FAILURES_SHOWN = 3;

  @Test
  void keepsEveryPromiseInEverySeed() {
    assumeTrue(System.getProperty("simulation.seed") == null, "one seed is being repeated");
    Coverage coverage = new Coverage();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
        .parallel()
        .forEach(seed -> runUnlessFailing(seed, coverage, failures));

    assertThat(failures).isEmpty();
    if (SEEDS >= ENOUGH_SEEDS) {
      assertThat(missing(coverage))
          .as("never exercised in %d seeds: %s", SEEDS, coverage)
          .isEmpty();
      assertThat(coverage.of(Covered.ADDS) / SEEDS).isGreaterThanOrEqualTo(200);
      assertThat(coverage.of(Covered.FAULTS) / SEEDS).isGreaterThanOrEqualTo(20);
    }
    writeCoverage(coverage);
  }

  @Test
  void repeatsOneSeed() throws IOException {
    Long seed = Long.getLong("simulation.seed");
    assumeTrue(seed != null, "no seed is asked for");
    Path file = Path.of("target", "simulation-" + seed + ".txt");

    try (PrintWriter trace = new PrintWriter(Files.newBufferedWriter(file))) {
      Coverage coverage = Simulation.run(seed, Sabotage.NONE, trace::println);

      assertThat(coverage.of(Covered.EVENTS)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 14, 159, 2_653, 58_979})
  void runsTheSameWayTwice(long seed) {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();

    Simulation.run(seed, Sabotage.NONE, line -> first.append(line).append('\n'));
    Simulation.run(seed, Sabotage.NONE, line -> second.append(line).append('\n'));

    assertThat(first).isNotEmpty();
    assertThat(first.toString().equals(second.toString())).as("equal traces").isTrue();
  }

  private static void runUnlessFailing(long seed, Coverage coverage, Queue<Throwable> failures) {
    if (failures.size() < MAX_FAILURES_SHOWN) {
      try {
        coverage.add(Simulation.run(seed, Sabotage.NONE, null));
      } catch (InvariantViolated violated) {
        failures.add(violated);
      }
    }
  }

  private static Set<Covered> missing(Coverage coverage) {
    Set<Covered> missing = EnumSet.allOf(Covered.class);
    missing.removeIf(what -> coverage.of(what) > 0);
    return missing;
  }

  private static void writeCoverage(Coverage coverage) {
    try {
      Files.writeString(Path.of("target", "simulation-coverage.txt"), coverage + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
