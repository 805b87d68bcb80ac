package io.replog.client;

import io.replog.client.cluster.FakeNodeCommand;
import io.replog.client.terminal.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// One run of the command line inside the test's own process.
///
/// @param exitCode what the shell would see
/// @param out what it printed
/// @param err what it said beside
public record Invocation(int exitCode, String out, String err) {

  /// Runs a command in the folder `root` with nothing on standard input.
  public static Invocation run(Path root, Map<String, String> environment, String... arguments) {
    return runWithInput(root, environment, new byte[0], arguments);
  }

  public static Invocation runWithInput(
      Path root, Map<String, String> environment, byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input),
            false,
            false);
    int exitCode =
        Replog.run(new Home(root, environment, new FakeNodeCommand()), console, arguments);
    return new Invocation(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
