package io.replog.system.kit;

import java.nio.file.Files;
import java.nio.file.Path;

/// The project's root directory, found from wherever the tests are run.
public final class Repository {

  private Repository() {}

  /// The nearest directory at or above the working directory that holds `.env` and the launcher.
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!isRoot(directory)) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  private static boolean isRoot(Path directory) {
    return Files.isRegularFile(directory.resolve(".env"))
        && Files.isRegularFile(directory.resolve("replog"));
  }
}
