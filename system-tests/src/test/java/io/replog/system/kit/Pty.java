package io.replog.system.kit;

import io.replog.client.cluster.Awaiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A program on a terminal of its own, and somebody who types. It needs `script` of the package
/// `bsdutils`.
public final class Pty implements AutoCloseable {

  public static final String CTRL_C = "\u0003";
  public static final String CTRL_D = "\u0004";
  public static final String UP = "\u001bOA";
  public static final String TAB = "\t";

  private static final Pattern CONTROL = Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])");

  private final Process process;
  private final StringBuilder shown = new StringBuilder();

  /// How far [#await] has read.
  private int seen;

  private Pty(Process process) {
    this.process = process;
    Thread.ofVirtual().name("terminal").start(this::read);
  }

  /// Starts a program that can be interrupted, also where the tests themselves run in the
  /// background and cannot.
  ///
  /// @param environment on top of that of the test; `TERM` says what kind of terminal it is
  public static Pty open(Path directory, Map<String, String> environment, List<String> command) {
    Tools.require("script", "bsdutils");
    String line =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
            "script",
            "-qefc",
            "stty cols 120 rows 40; exec env --default-signal=INT " + line,
            "/dev/null");
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().putAll(environment);
    try {
      return new Pty(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read() {
    try (InputStream output = process.getInputStream()) {
      byte[] buffer = new byte[8192];
      for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
        append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException closed) {
      append("\n(the terminal was closed)");
    }
  }

  private synchronized void append(String bytes) {
    shown.append(bytes);
  }

  /// What the terminal was sent so far, without what moves its cursor and colours it.
  private String text() {
    return CONTROL.matcher(shown()).replaceAll("");
  }

  /// Everything that the terminal was sent so far.
  public synchronized String shown() {
    return new String(
        shown.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  public void type(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Waits until the text is shown behind what was awaited before.
  public void await(String text) {
    boolean found = Awaiting.until(() -> text().indexOf(text, seen) >= 0, TestCluster.LIMIT);
    if (!found) {
      throw new AssertionError("'%s' was not shown in:\n%s".formatted(text, shown()));
    }
    seen = text().indexOf(text, seen) + text.length();
  }

  /// Waits until the program has ended.
  public int awaitExit() {
    try {
      if (!process.waitFor(TestCluster.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it did not end:\n" + shown());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
