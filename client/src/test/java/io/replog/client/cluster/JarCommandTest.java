package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCommandTest {

  private static final NodeSpec MASTER = NodeSpec.master(6061);

  @TempDir private Path root;

  @Test
  void runsNewestProgramOnTheJavaOfThisProgram() throws Exception {
    built("master-0.1.jar", 100);
    Path newest = built("master-0.2.jar", 50);
    built("master-0.2-sources.jar", 1);
    built("master-0.2.jar.original", 1);

    List<String> line = JarCommand.inPlace(root).command(MASTER, Map.of());

    assertThat(line)
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .containsAll(JarCommand.DEFAULT_JAVA_OPTIONS)
        .endsWith("-jar", newest.toString());
  }

  @Test
  void findsProgramWithoutVersionInItsName() throws Exception {
    Path jar = built("master.jar", 1);

    assertThat(JarCommand.inPlace(root).command(MASTER, Map.of())).endsWith(jar.toString());
  }

  @Test
  void letsJavaOptionsReplaceTheDefaults() throws Exception {
    built("master.jar", 1);

    List<String> line =
        JarCommand.inPlace(root).command(MASTER, Map.of("JAVA_OPTS", " -Xmx1g  -XX:+UseZGC "));

    assertThat(line)
        .contains("-Xmx1g", "-XX:+UseZGC")
        .doesNotContainAnyElementsOf(JarCommand.DEFAULT_JAVA_OPTIONS);
  }

  @Test
  void runsCopyThatNextBuildLeavesAlone() throws Exception {
    Path jar = built("master.jar", 10);
    JarCommand command = JarCommand.copiedTo(root.resolve("programs"), root);

    Path copy = Path.of(command.command(MASTER, Map.of()).getLast());
    FileTime sameForEveryBuild = Files.getLastModifiedTime(jar);
    Files.writeString(jar, "built again");
    Files.setLastModifiedTime(jar, sameForEveryBuild);
    Path next = Path.of(command.command(MASTER, Map.of()).getLast());

    assertThat(copy).hasContent("master.jar").isNotEqualTo(next);
    assertThat(next).hasContent("built again");
  }

  @Test
  void saysWhatToDoWhenNothingIsBuilt() {
    assertThatThrownBy(() -> JarCommand.inPlace(root).command(MASTER, Map.of()))
        .hasMessageContaining("holds no master.jar; build it with: mvn");
  }

  private Path built(String name, long ageSeconds) throws Exception {
    Path jar = root.resolve("master/target").resolve(name);
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, name);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(ageSeconds)));
    return jar;
  }
}
