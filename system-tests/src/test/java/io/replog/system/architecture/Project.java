package io.replog.system.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The compiled classes of every module, read from the `target` directories beside this one.
final class Project {

  /// Every module with code of its own, in the order of the build.
  static final List<String> MODULES =
      List.of(
          "shared-model",
          "shared-replication",
          "shared-log",
          "shared-table",
          "shared-node",
          "shared-broker",
          "openapi",
          "master",
          "follower",
          "client",
          "connectors",
          "system-tests",
          "benchmarks");

  /// Where the deliberate breaches stand. They are no part of the project.
  private static final String COUNTEREXAMPLE = "/architecture/counterexample/";

  private final Path root;

  private Project(Path root) {
    this.root = root;
  }

  /// The project that the working directory belongs to.
  static Project here() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("shared-model"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
      }
    }
    return new Project(directory);
  }

  /// What runs in production, and what people torment it with.
  JavaClasses mainClasses() {
    return read(MODULES.stream().map(this::mainClassesOf));
  }

  /// What tests it, without the counterexamples.
  JavaClasses testClasses() {
    return read(MODULES.stream().map(this::testClassesOf));
  }

  /// Main and test code together.
  JavaClasses allClasses() {
    return read(
        MODULES.stream()
            .flatMap(module -> Stream.of(mainClassesOf(module), testClassesOf(module))));
  }

  Path mainClassesOf(String module) {
    return root.resolve(module).resolve("target/classes");
  }

  private Path testClassesOf(String module) {
    return root.resolve(module).resolve("target/test-classes");
  }

  private static JavaClasses read(Stream<Path> directories) {
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains(COUNTEREXAMPLE))
        .importPaths(directories.filter(Files::isDirectory).toList());
  }
}
