package io.replog.client.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Runs the two or three small programs of the operating system that the runner needs.
final class Shell {

  private Shell() {}

  /// What the program prints; both streams together. It must be one that ends by itself.
  static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sends a signal by the shell's own `kill`, which is there even where the program is not.
  ///
  /// @param signal such as `STOP`
  static void signal(String signal, long pid) {
    output("/bin/sh", "-c", "kill -" + signal + " \"$1\"", "sh", Long.toString(pid));
  }
}
