package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes take their classes, loaded and linked, from the cache that was made for their build.
class QuickStartTest {

  @TempDir private Path directory;

  @Test
  void takesNearlyAllClassesFromTheCache() throws IOException {
    List<String> classes = classesLoadedWith("-XX:+UseSerialGC");

    assertThat(classes).filteredOn(QuickStartTest::isCached).hasSizeGreaterThan(5_000);
    assertThat(classes)
        .filteredOn(line -> line.contains("io.replog.master.MasterApplication "))
        .hasSize(1)
        .allMatch(QuickStartTest::isCached);
  }

  @Test
  void startsWithoutTheCacheWhereOptionsDoNotGoWithIt() throws IOException {
    List<String> classes = classesLoadedWith("-XX:+UseCompactObjectHeaders");

    assertThat(classes)
        .filteredOn(line -> line.contains("io.replog.master.MasterApplication "))
        .hasSize(1)
        .noneMatch(QuickStartTest::isCached);
  }

  private List<String> classesLoadedWith(String option) throws IOException {
    Path classes = directory.resolve("classes.log");
    String options = TestCluster.JAVA_OPTIONS + " " + option + " -Xlog:class+load:file=" + classes;
    try (TestCluster cluster = TestCluster.laidOut("quick-start", settings -> settings)) {
      cluster.nodes().set(TestCluster.MASTER, "JAVA_OPTS", options);
      cluster.nodes().start(TestCluster.MASTER);
      assertThat(cluster.lines(TestCluster.MASTER)).noneMatch(line -> line.contains("[aot]"));
    }
    return Files.readAllLines(classes);
  }

  private static boolean isCached(String line) {
    return line.contains("source: shared objects file");
  }
}
