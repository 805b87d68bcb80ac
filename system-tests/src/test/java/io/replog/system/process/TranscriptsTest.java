package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Program;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import io.replog.system.kit.Transcript;
import io.replog.system.kit.Transcript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the pages show is what happens: their console blocks are executed line by line.
class TranscriptsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;

  /// A run may take this much longer than the whole seconds that the README shows.
  private static final double SLACK_SECONDS = 4;

  @BeforeEach
  void requireTools() {
    Tools.require("bash", "bash");
    Tools.require("curl", "curl");
  }

  @ParameterizedTest
  @CsvSource({"README.md,6", "docs/transactions.md,4"})
  void doesWhatThePageShows(String page, int leastSteps) throws IOException {
    List<Step> steps =
        Transcript.marked(Files.readString(Repository.root().resolve(page)), "transcript");
    assertThat(steps).hasSizeGreaterThanOrEqualTo(leastSteps);

    AssertionError failed = play(steps);
    for (int attempt = 1; failed != null && attempt < ATTEMPTS; attempt++) {
      failed = play(steps);
    }

    if (failed != null) {
      throw failed;
    }
  }

  /// Times are what they are told to be on a machine that has nothing else to do.
  ///
  /// @return what came out otherwise, null for nothing
  private static @Nullable AssertionError play(List<Step> steps) {
    try (TestCluster cluster =
        TestCluster.running("transcript", settings -> settings.delay(1, "5s").delay(2, "2s"))) {
      for (Step step : steps) {
        Program.Result result =
            new Program(Repository.root())
                .run(LIMIT, List.of("bash", "-c", withPortsOf(cluster, step.command())));
        compare(step, result.output().lines().toList());
      }
      return null;
    } catch (AssertionError other) {
      return other;
    }
  }

  private static String withPortsOf(TestCluster cluster, String command) {
    return command
        .replace("localhost:6061", "localhost:" + cluster.client(MASTER).port())
        .replace("localhost:6062", "localhost:" + cluster.client(FOLLOWER_1).port())
        .replace("localhost:6063", "localhost:" + cluster.client(FOLLOWER_2).port());
  }

  private static void compare(Step step, List<String> shown) {
    assertThat(shown).as(step.command()).hasSameSizeAs(step.output());
    for (int line = 0; line < shown.size(); line++) {
      String expected = step.output().get(line);
      if (Transcript.isTime(expected)) {
        double floor = Math.floor(Transcript.seconds(expected));
        assertThat(Transcript.seconds(shown.get(line)))
            .as(step.command())
            .isBetween(floor, floor + SLACK_SECONDS);
      } else {
        assertThat(shown.get(line)).as(step.command()).isEqualTo(expected);
      }
    }
  }
}
