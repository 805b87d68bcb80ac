package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Small programs of the operating system that end quickly and must succeed.
public final class Shell {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Shell() {}

  /// Runs the program.
  ///
  /// @return what it printed
  /// @throws UncheckedIOException when it fails, with what it complained about
  public static String run(String... command) {
    Program.Result result = new Program(Path.of("/")).run(LIMIT, List.of(command));
    if (result.exitCode() != 0) {
      throw new UncheckedIOException(
          new IOException(String.join(" ", command) + ": " + result.errors().strip()));
    }
    return result.output();
  }
}
