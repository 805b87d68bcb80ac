package io.replog.system.disk;

import io.replog.client.Failure;
import io.replog.system.kit.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Programs of the system that must succeed.
final class Commands {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Commands() {}

  /// @throws Failure with what the program complained of
  static void run(List<String> command) {
    Program.Result result = tried(command);
    if (result.exitCode() != 0) {
      throw Failure.refused("%s: %s".formatted(String.join(" ", command), result.errors().strip()));
    }
  }

  static boolean succeeds(List<String> command) {
    return tried(command).exitCode() == 0;
  }

  private static Program.Result tried(List<String> command) {
    return new Program(Path.of("/")).run(LIMIT, command);
  }
}
