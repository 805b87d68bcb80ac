package io.replog.system.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which programs this machine has, and who runs them.
public final class Programs {

  private Programs() {}

  /// Whether the program is found on the `PATH`.
  public static boolean isThere(String program) {
    return find(program).isPresent();
  }

  /// Where the program is.
  public static Path path(String program) {
    return find(program).orElseThrow(() -> new IllegalStateException("no program " + program));
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Whether this process may mount file systems and filter packets.
  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
