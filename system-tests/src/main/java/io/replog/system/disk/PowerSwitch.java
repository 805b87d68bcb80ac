package io.replog.system.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Shuts one mounted file system down. The program that does it is started beforehand and waits for
/// its command, so that a fraction of a millisecond passes between the wish and the cut.
final class PowerSwitch implements AutoCloseable {

  private static final int LIMIT_SECONDS = 30;

  private final Path mountPoint;
  private final Process shutter;

  private PowerSwitch(Path mountPoint, Process shutter) {
    this.mountPoint = mountPoint;
    this.shutter = shutter;
  }

  static PowerSwitch at(Path mountPoint) {
    try {
      Process shutter =
          new ProcessBuilder(List.of("xfs_io", "-x", mountPoint.toString()))
              .redirectErrorStream(true)
              .start();
      return new PowerSwitch(mountPoint, shutter);
    } catch (IOException failed) {
      throw Failure.refused("xfs_io (package xfsprogs) cannot be run: " + failed.getMessage());
    }
  }

  /// From here on the file system takes and gives nothing. What was not forced is gone.
  void cut(CutKind kind) {
    try (Writer commands = shutter.outputWriter()) {
      commands.write(
          switch (kind) {
            case NOTHING_FLUSHED -> "shutdown\n";
            case JOURNAL_FLUSHED -> "shutdown -f\n";
          });
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    awaitEnd();
    if (shutter.exitValue() != 0) {
      throw Failure.refused("the power of " + mountPoint + " could not be cut: " + said());
    }
  }

  private String said() {
    try {
      return new String(shutter.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException unread) {
      return unread.toString();
    }
  }

  /// Lets go of the file system, which nobody could unmount otherwise.
  @Override
  public void close() {
    try {
      shutter.getOutputStream().close();
    } catch (IOException _) {
      shutter.destroyForcibly();
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!shutter.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        shutter.destroyForcibly();
        throw Failure.refused("xfs_io did not end within " + LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      shutter.destroyForcibly();
    }
  }
}
