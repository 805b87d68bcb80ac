package io.replog.connectors.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// Programs that a test needs on the machine.
final class Tools {

  private Tools() {}

  /// The program, in the folders of `PATH` and those that Debian keeps to itself. Skips the test
  /// where it is missing, naming the package that has it; fails instead where `CI=true`.
  static Path require(String program, String debianPackage) {
    return find(program)
        .orElseThrow(() -> missing(program + " is missing; install the package " + debianPackage));
  }

  private static RuntimeException missing(String why) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(why);
    }
    return new TestAbortedException(why);
  }

  private static Optional<Path> find(String program) {
    Stream<Path> path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of);
    return Stream.of(Stream.of(Path.of("/usr/sbin")), postgres(), path)
        .flatMap(folders -> folders)
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> postgres() {
    Path versions = Path.of("/usr/lib/postgresql");
    String[] names = versions.toFile().list();
    return names == null
        ? Stream.of()
        : Arrays.stream(names).map(version -> versions.resolve(version).resolve("bin"));
  }
}
