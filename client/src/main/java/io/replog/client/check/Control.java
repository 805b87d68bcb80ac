package io.replog.client.check;

import io.replog.client.Failure;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stops and starts a follower by the commands that somebody gave.
///
/// @param limit how long one may take
record Control(Duration limit) {

  /// @throws Failure when it fails
  void run(@Nullable String command) {
    if (command == null) {
      throw Failure.usage("--stop and --start go together");
    }
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      if (!ended || process.exitValue() != 0) {
        throw Failure.refused("this failed or took too long: " + command);
      }
    } catch (IOException failed) {
      throw Failure.refused("this cannot be run: %s: %s".formatted(command, failed.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.refused("interrupted");
    }
  }
}
