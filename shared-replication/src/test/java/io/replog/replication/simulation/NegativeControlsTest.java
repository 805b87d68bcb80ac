package io.replog.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// With a protection switched off the simulation must find the damage; else it proves nothing.
class NegativeControlsTest {

  private static final int ENOUGH_SEEDS = 200;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsTheDamageOf(Sabotage sabotage) {
    boolean found =
        LongStream.rangeClosed(1, ENOUGH_SEEDS).anyMatch(seed -> isDamaged(seed, sabotage));

    assertThat(found).as("damage found in %d seeds with %s", ENOUGH_SEEDS, sabotage).isTrue();
  }

  private static boolean isDamaged(long seed, Sabotage sabotage) {
    try {
      Simulation.run(seed, sabotage, null);
      return false;
    } catch (InvariantViolated _) {
      return true;
    }
  }
}
