package io.replog.benchmarks.peers;

import io.replog.client.cluster.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Processes of one system, each with its output in a file. They end with this program at the
/// latest, and so does whatever they have started: some are scripts.
final class Servers implements AutoCloseable {

  /// Far above what any of them takes to start.
  private static final Duration START_LIMIT = Duration.ofSeconds(240);

  private static final long STOP_SECONDS = 10;

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final Thread atExit = new Thread(this::kill, "kill servers");

  Servers(Path directory) {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Where the system keeps its files.
  Path directory() {
    return directory;
  }

  /// A directory for one node.
  Path directory(String node) throws IOException {
    return Files.createDirectories(directory.resolve(node));
  }

  void start(String node, List<String> command) throws IOException {
    Path output = directory.resolve(node + ".out");
    processes.add(
        new ProcessBuilder(command)
            .directory(directory(node).toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .start());
  }

  /// Waits until it is so.
  ///
  /// @throws IOException when a process ends meanwhile, or when it takes too long
  void await(String wish, BooleanSupplier condition) throws IOException {
    boolean held = Awaiting.until(() -> hasDead() || holds(condition), START_LIMIT);
    if (!held || hasDead()) {
      throw new IOException("%s: not %s; see %s".formatted(directory, wish, directory));
    }
  }

  private boolean hasDead() {
    return processes.stream().anyMatch(process -> !process.isAlive());
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private void kill() {
    everything().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> everything() {
    return processes.stream()
        .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
        .toList();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = everything();
    all.forEach(ProcessHandle::destroy);
    all.forEach(Servers::awaitEnd);
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private static void awaitEnd(ProcessHandle process) {
    CompletableFuture<ProcessHandle> end = process.onExit();
    end.completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
