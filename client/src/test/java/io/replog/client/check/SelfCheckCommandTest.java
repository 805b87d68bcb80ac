package io.replog.client.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import io.replog.client.check.ForeignCluster.Flaw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfCheckCommandTest {

  @TempDir private Path root;

  @Test
  void findsNothingWrongWithAnotherImplementationOfTheContract() throws IOException {
    Path lost = root.resolve("lost");

    Invocation run = check(Flaw.NONE, "--stop", "touch " + lost, "--start", "rm " + lost);

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out().lines())
        .hasSize(8)
        .last()
        .asString()
        .matches("a lost follower blocks w=N alone, and catches up +ok +\\d+\\.\\d{3} s");
    assertThat(run.out()).doesNotContain("BROKEN", "not tried");
  }

  @Test
  void leavesOutWhatNeedsALostFollowerUnlessToldHow() throws IOException {
    Invocation run = check(Flaw.NONE);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("a lost follower .* not tried");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LYING|w=N is on every node when it returns",
        "BACKWARDS|each w in turn reaches every node",
        "TWICE|concurrent adds have one order everywhere",
        "OTHER_FORM|answers have the form of the contract",
        "TEXTUAL_STATUS|answers have the form of the contract",
        "TALKATIVE|answers have the form of the contract",
        "CARELESS|any text comes back, and w=0 is refused",
        "ASCII|any text comes back, and w=0 is refused"
      })
  void namesTheScenarioThatDoesNotHold(Flaw flaw, String scenario) throws IOException {
    Invocation run = check(flaw, "--limit", "2");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern(scenario + " +BROKEN").contains(scenario + ": not so:");
  }

  @Test
  void noticesACallThatDoesNotBlock() throws IOException {
    Invocation run = check(Flaw.NONE, "--stop", "true", "--start", "true");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("not so: w=N blocks while a follower is lost");
  }

  @Test
  void startsAFollowerWhoseStopCommandFailsAfterItTookEffect() throws IOException {
    Path lost = root.resolve("lost");

    Invocation run =
        check(
            Flaw.NONE,
            "--stop",
            "touch " + lost + "; echo not quite >&2; exit 3",
            "--start",
            "rm " + lost);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("exit code 3: not quite");
    assertThat(lost).doesNotExist();
  }

  @Test
  void doesNotTakeAFollowerForTheMaster() {
    Invocation run =
        Invocation.run(
            root,
            Map.of(),
            "self-check",
            "--follower",
            "http://127.0.0.1:1",
            "--follower",
            "http://127.0.0.1:2");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--follower needs --master URL");
  }

  @Test
  void needsAFollowerAndBothCommands() throws IOException {
    Invocation alone =
        Invocation.run(root, Map.of(), "self-check", "--master", "http://127.0.0.1:1");
    Invocation half = check(Flaw.NONE, "--stop", "true");

    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.err()).contains("a check needs a master and a follower");
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("--stop and --start go together");
  }

  private Invocation check(Flaw flaw, String... options) throws IOException {
    try (ForeignCluster cluster = new ForeignCluster(flaw, root.resolve("lost"))) {
      List<String> line = new ArrayList<>(List.of("self-check"));
      line.addAll(cluster.options());
      line.addAll(List.of(options));
      return Invocation.run(root, Map.of(), line.toArray(String[]::new));
    }
  }
}
