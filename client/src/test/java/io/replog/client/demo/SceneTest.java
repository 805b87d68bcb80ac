package io.replog.client.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.client.check.MismatchException;
import io.replog.client.demo.FakeNodes.Flaw;
import io.replog.client.terminal.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SceneTest {

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  static Stream<Scene> scenes() {
    return DemoCommand.SCENES.stream();
  }

  /// For each scene a flaw of a cluster that it has to notice.
  static Stream<Arguments> flaws() {
    return Stream.of(
        Arguments.of(new DelayScene(), Flaw.IMPATIENT, "w=2 waited for follower-2"),
        Arguments.of(new BlockingScene(), Flaw.IMPATIENT, "w=3 is still blocked"),
        Arguments.of(new LateJoinScene(), Flaw.HOLEY, "is a prefix"),
        Arguments.of(new OrderScene(), Flaw.DISORDERLY, "is a prefix"),
        Arguments.of(new RecoveryScene(), Flaw.FORGETFUL, "it shows the same"));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void goesAsAnnouncedOnAClusterThatDoesWhatItShould(Scene scene) {
    FakeNodes nodes = new FakeNodes(Flaw.NONE);
    nodes.add("before", 1);

    scene.play(nodes, narrator());

    assertThat(told.toString(StandardCharsets.UTF_8)).contains("ok  ");
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void noticesAClusterThatDoesNot(Scene scene, Flaw flaw, String complaint) {
    FakeNodes nodes = new FakeNodes(flaw);
    nodes.add("before", 1);
    nodes.add("and one more", 1);

    assertThatThrownBy(() -> scene.play(nodes, narrator()))
        .isInstanceOf(MismatchException.class)
        .hasMessageContaining(complaint);
  }

  private Narrator narrator() {
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    return new Narrator(new Console(out, out, new ByteArrayInputStream(new byte[0]), false, false));
  }
}
