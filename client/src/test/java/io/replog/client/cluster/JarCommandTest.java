package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCommandTest {

  private static final NodeSpec MASTER = NodeSpec.master(6061);

  @TempDir private Path root;

  private JarCommand command;

  @BeforeEach
  void lookAtRoot() {
    command = new JarCommand(root, root.resolve("programs"));
  }

  @Test
  void runsCopyOfProgramOnTheJavaOfThisProgram() throws Exception {
    built("one");

    List<String> line = line(Map.of());

    assertThat(line)
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .containsAll(JarCommand.DEFAULT_JAVA_OPTIONS);
    assertThat(line.get(line.size() - 2)).isEqualTo("-jar");
    assertThat(Path.of(line.getLast())).hasContent("one").startsWith(root.resolve("programs"));
  }

  @Test
  void letsJavaOptionsReplaceTheDefaults() throws Exception {
    built("one");

    List<String> line = line(Map.of("JAVA_OPTS", " -Xmx1g  -XX:+UseZGC "));

    assertThat(line)
        .contains("-Xmx1g", "-XX:+UseZGC")
        .doesNotContainAnyElementsOf(JarCommand.DEFAULT_JAVA_OPTIONS);
  }

  @Test
  void doesWithoutCacheWhereNoneCanBeMade() throws Exception {
    built("no program");

    assertThat(line(Map.of())).noneMatch(option -> option.startsWith("-XX:AOTCache"));
  }

  @Test
  void runsCopyThatNextBuildLeavesAlone() throws Exception {
    Path jar = built("one");
    Path copy = Path.of(line(Map.of()).getLast());
    FileTime sameForEveryBuild = Files.getLastModifiedTime(jar);

    built("two");
    Files.setLastModifiedTime(jar, sameForEveryBuild);
    lookAtRoot();
    assertThat(command.isPrepared()).isFalse();
    Path next = Path.of(line(Map.of()).getLast());

    assertThat(copy).hasContent("one").isNotEqualTo(next);
    assertThat(next).hasContent("two");
    command.tidy();
    assertThat(copy).doesNotExist();
    assertThat(next).exists();
  }

  @Test
  void preparesOnceForRunnersThatComeAtOnce() throws Exception {
    built("one");

    List<Thread> runners =
        Stream.generate(() -> Thread.ofVirtual().start(command::prepare)).limit(4).toList();
    for (Thread runner : runners) {
      runner.join();
    }

    assertThat(root.resolve("programs").toFile().list())
        .filteredOn(name -> name.startsWith("master"))
        .hasSize(1);
  }

  @Test
  void saysWhatToDoWhenNothingIsBuilt() {
    assertThatThrownBy(() -> line(Map.of()))
        .hasMessageContaining("master.jar is missing; build it with: mvn");
  }

  private List<String> line(Map<String, String> variables) {
    command.prepare();
    return command.command(MASTER, variables);
  }

  private Path built(String content) throws Exception {
    Path jar = root.resolve("master/target/master.jar");
    Files.createDirectories(jar.getParent());
    return Files.writeString(jar, content);
  }
}
