package io.replog.system.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs a program of this machine to its end.
public final class Program {

  /// How it ended.
  ///
  /// @param exitCode its exit code
  /// @param output its standard output
  /// @param errors its standard error
  public record Result(int exitCode, String output, String errors) {}

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  public Program(Path directory) {
    this.directory = directory;
  }

  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// Runs it and waits; a program that exceeds `limit` is killed and fails the test.
  public Result run(Duration limit, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within " + limit);
      }
      return new Result(process.exitValue(), output.join(), errors.join());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String read(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
