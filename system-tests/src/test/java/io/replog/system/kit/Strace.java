package io.replog.system.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Makes system calls of a running process fail or take their time, until it is closed.
public final class Strace implements AutoCloseable {

  private static final int LIMIT_SECONDS = 120;

  private final Process process;
  private final CompletableFuture<Void> attached = new CompletableFuture<>();

  private Strace(Process process) {
    this.process = process;
  }

  /// Each thread's next force fails once.
  public static Strace failNextForce(long pid) {
    return inject(pid, "fdatasync,fsync:error=EIO:when=1");
  }

  /// Every force takes so much longer.
  public static Strace delayForces(long pid, int millis) {
    return inject(pid, "fdatasync,fsync:delay_enter=" + 1_000L * millis);
  }

  private static Strace inject(long pid, String what) {
    Tools.require("strace", "strace");
    try {
      Process process =
          new ProcessBuilder(
                  "strace",
                  "-f",
                  "-e",
                  "trace=fdatasync,fsync",
                  "-e",
                  "inject=" + what,
                  "-p",
                  Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      Strace strace = new Strace(process);
      Thread.ofVirtual().name("strace").start(strace::read);
      strace.attached.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return strace;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (Exception notAttached) {
      throw new AssertionError("strace did not attach to process " + pid, notAttached);
    }
  }

  /// Every thread is attached when it says so of the process: that line is its first.
  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(" attached")) {
          attached.complete(null);
        }
      }
    } catch (IOException _) {
      process.destroy();
    } finally {
      attached.completeExceptionally(new AssertionError("strace has ended"));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
