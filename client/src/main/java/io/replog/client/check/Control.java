package io.replog.client.check;

import io.replog.client.Failure;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stops and starts a follower by the commands that somebody gave.
///
/// @param limit how long one may take
record Control(Duration limit) {

  private static final int MAX_SHOWN_BYTES = 4_096;

  /// @throws Failure when it fails
  void run(@Nullable String command) {
    if (command == null) {
      throw Failure.usage("--stop and --start go together");
    }
    try {
      Path complaints = Files.createTempFile("replog-self-check-", ".err");
      try {
        run(command, complaints);
      } finally {
        Files.deleteIfExists(complaints);
      }
    } catch (IOException failed) {
      throw Failure.refused("this cannot be run: %s: %s".formatted(command, failed.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.refused("interrupted");
    }
  }

  private void run(String command, Path complaints) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(complaints.toFile())
            .start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended || process.exitValue() != 0) {
        String how =
            ended
                ? "exit code " + process.exitValue()
                : "not over after %d s".formatted(limit.toSeconds());
        throw Failure.refused("%s: %s: %s".formatted(command, how, end(complaints)));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// The end of what it said on standard error.
  private static String end(Path complaints) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(complaints.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(file.length(), MAX_SHOWN_BYTES)];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8).strip();
    }
  }
}
