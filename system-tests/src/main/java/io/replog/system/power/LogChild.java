package io.replog.system.power;

import io.replog.system.sabotage.agent.SabotageAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A [LogProcess] as its parent sees it: what it has reported so far.
final class LogChild implements AutoCloseable {

  private static final int LIMIT_SECONDS = 120;

  private final Process process;
  private final Reported before;
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final CompletableFuture<Found> found = new CompletableFuture<>();
  private final CompletableFuture<Void> promised = new CompletableFuture<>();
  private final Thread reader;

  /// Reported by this process or, until it has found something, by those before it.
  private volatile Reported reported;

  private LogChild(Process process, Reported before) {
    this.process = process;
    this.before = before;
    this.reported = before;
    this.reader = Thread.ofVirtual().name("log process").start(this::read);
  }

  /// @param errors takes what the process complains of
  /// @param before what earlier processes have reported of the same log
  static LogChild start(
      Path directory, Path errors, LogSettings settings, long seed, Reported before) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Xshare:auto");
    command.addAll(settings.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LogProcess.class.getName());
    command.add(directory.toString());
    command.add(settings.fsync().name());
    command.add(Long.toString(settings.segmentBytes()));
    command.add(Long.toString(seed));
    command.add(Long.toString(before.end().index()));
    try {
      return new LogChild(
          new ProcessBuilder(command).redirectError(Redirect.appendTo(errors.toFile())).start(),
          before);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Returns when the log is about to be opened.
  ///
  /// @throws LostException if it never is
  void awaitOpening() {
    await(opening);
  }

  /// Returns when the log is open, with what it found.
  ///
  /// @throws LostException if it cannot be opened
  Found awaitFound() {
    return await(found);
  }

  /// Returns when the log has reported the first promise of this process to be on disk.
  ///
  /// @throws LostException if it never does
  void awaitPromised() {
    await(promised);
  }

  /// SIGKILL; returns when the process is gone and its last line was read.
  void kill() {
    try {
      process.destroyForcibly().waitFor();
      reader.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What it found, if it came so far.
  Optional<Found> found() {
    return found.isDone() && !found.isCompletedExceptionally()
        ? Optional.of(found.join())
        : Optional.empty();
  }

  Reported reported() {
    return reported;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException | RuntimeException broken) {
      found.completeExceptionally(broken);
      promised.completeExceptionally(broken);
    } finally {
      LostException ended = new LostException("the process ended before its log was open");
      opening.completeExceptionally(ended);
      found.completeExceptionally(ended);
      promised.completeExceptionally(ended);
    }
  }

  private void take(String line) {
    String[] wordAndValues = line.split(" ", 2);
    if (wordAndValues[0].equals(SabotageAgent.SABOTAGED)) {
      return;
    }
    String values = wordAndValues[1];
    switch (Line.valueOf(wordAndValues[0])) {
      case OPENING -> opening.complete(null);
      case FOUND -> {
        Found opened = Found.parse(values);
        reported = reported.and(opened);
        found.complete(opened);
      }
      case REFUSED ->
          found.completeExceptionally(new LostException("the log is refused: " + values));
      case DURABLE -> reported = reported.withEnd(Found.position(values));
      case PROMISED -> {
        reported = reported.withPromise(Long.parseLong(values));
        promised.complete(null);
      }
      case COMMITTED -> reported = reported.withCommit(Long.parseLong(values));
    }
  }

  /// What was lost before this process found what is left; nothing if it did not come so far.
  Optional<String> lost() {
    return found().flatMap(before::lostIn);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException ended) {
      throw new LostException("the log could not be opened: " + ended.getCause());
    } catch (TimeoutException late) {
      throw new LostException("the log was not open after " + LIMIT_SECONDS + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
