package io.replog.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.disk.FileSystem;
import io.replog.system.kit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test that needs a program fails in CI when it is missing, so CI has to install it.
class InstalledToolsTest {

  private static final Pattern REQUIRED =
      Pattern.compile("Tools\\.require\\(\\s*\"([^\"]+)\",\\s*\"([^\"]+)\"\\)");

  /// What runs `.ci/run` itself.
  private static final String THERE_ANYWAY = "bash";

  @Test
  void coverWhatTestsRequire() throws IOException {
    String installs = Files.readString(Repository.root().resolve(".ci/run"));

    Set<String> packages = requiredPackages();

    assertThat(packages)
        .contains("strace", "xfsprogs", "stress-ng", "mariadb-server", "postgresql");
    assertThat(packages).allSatisfy(name -> assertThat(installs).contains("(" + name + ")"));
  }

  private static Set<String> requiredPackages() throws IOException {
    Set<String> packages = new TreeSet<>();
    Stream.of(FileSystem.values()).map(FileSystem::debianPackage).forEach(packages::add);
    for (Path source : sources()) {
      REQUIRED
          .matcher(Files.readString(source))
          .results()
          .map((MatchResult found) -> found.group(2))
          .forEach(packages::add);
    }
    packages.remove(THERE_ANYWAY);
    return packages;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("system-tests", "connectors")) {
      try (Stream<Path> tree = Files.walk(Repository.root().resolve(module).resolve("src"))) {
        tree.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }
}
