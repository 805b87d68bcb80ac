package io.replog.client.cluster;

import io.replog.client.Failure;
import io.replog.client.tls.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The process of the connectors on this machine, beside the nodes and found again like them.
public final class LocalConnectors implements AutoCloseable {

  /// What settings of branches, and of the head office, begin with.
  private static final List<String> BRANCH_SETTINGS = List.of("BRANCH_", "HEAD_OFFICE_URL");

  private static final String NAME = "connectors";
  private static final int DEFAULT_PORT = 6070;
  private static final Duration READY_LIMIT = Duration.ofSeconds(120);

  private final ClusterFiles files;
  private final Path root;
  private final Path builtJar;
  private final Path programs;
  private final Map<String, String> variables;
  private final NodeProcess process;
  private final String url;
  private final NodeWait wait;

  /// @param root under which Maven has built
  /// @param programs where a copy of what it has built lies
  /// @param variables settings, of which `CONNECTORS_PORT` names the port
  public LocalConnectors(
      ClusterFiles files, Path root, Path programs, Map<String, String> variables) {
    this.files = files;
    this.root = root;
    this.builtJar = root.resolve(NAME).resolve("target").resolve(NAME + ".jar");
    this.programs = programs;
    this.variables = Map.copyOf(variables);
    NodeSpec spec = NodeSpec.of(NAME, port(variables), "0s");
    NodeEnvironment plain = new NodeEnvironment(List.of(spec), Map.of(), files);
    this.process = new NodeProcess(spec, files);
    this.url = plain.url(spec);
    this.wait = new NodeWait(files, plain, new HttpProbe(TlsFiles.NONE));
  }

  /// The port that `CONNECTORS_PORT` names.
  ///
  /// @throws Failure if it names none
  public static int port(Map<String, String> variables) {
    String written = variables.getOrDefault("CONNECTORS_PORT", "").strip();
    if (written.isEmpty()) {
      return DEFAULT_PORT;
    }
    if (!written.matches("[1-9]\\d{0,4}") || Integer.parseInt(written) > 65_535) {
      throw Failure.usage(
          "CONNECTORS_PORT=%s cannot be used; allowed: 1 to 65535".formatted(written));
    }
    return Integer.parseInt(written);
  }

  public String url() {
    return url;
  }

  public Path logFile() {
    return files.log(NAME);
  }

  public boolean isRunning() {
    return process.state().isAlive();
  }

  /// Starts the process and returns when it serves. Where no branch is set, there are two and a
  /// head office, each in a file of its own.
  ///
  /// @param master address of the log, unless `LOG_URL` names one
  /// @return whether it was started, that is, was not running
  public boolean up(String master) {
    boolean started = false;
    try (RunnerLock _ = RunnerLock.take(files.lock(), RunnerLock.LIMIT)) {
      if (!isRunning()) {
        requireFreePort();
        process.spawn(command(), environment(master));
        started = true;
      }
    }
    wait.untilReady(List.of(process), READY_LIMIT);
    return started;
  }

  private void requireFreePort() {
    int port = process.spec().port();
    if (Ports.isTaken("127.0.0.1", port)) {
      throw Failure.refused(
          "CONNECTORS_PORT=%d is in use by another program; set it to a free port".formatted(port));
    }
  }

  private List<String> command() {
    return List.of(
        Programs.JAVA.toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dstdout.encoding=UTF-8",
        "-Dstderr.encoding=UTF-8",
        "-jar",
        copiedJar().toString());
  }

  /// A copy, so that a build does not pull it from under the process.
  private Path copiedJar() {
    try {
      byte[] content = Files.readAllBytes(builtJar);
      CRC32C sum = new CRC32C();
      sum.update(content);
      Path copy = programs.resolve("%s-%08x.jar".formatted(NAME, sum.getValue()));
      if (!Files.exists(copy)) {
        Files.createDirectories(programs);
        Path partial = Files.write(Files.createTempFile(programs, NAME, ".partial"), content);
        Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      return copy;
    } catch (NoSuchFileException _) {
      throw Failure.refused(builtJar + " is missing; build it with: mvn -DskipTests package");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// What the process finds set.
  ///
  /// @param master address of the log, unless `LOG_URL` names one
  Map<String, @Nullable String> environment(String master) {
    Map<String, @Nullable String> environment = new HashMap<>(variables);
    environment.put("RABBITMQ_OUT_POSITION", published().toString());
    environment.put("CONNECTORS_PORT", Integer.toString(process.spec().port()));
    environment.putIfAbsent("LOG_URL", master);
    boolean named =
        variables.entrySet().stream()
            .filter(variable -> !variable.getValue().isBlank())
            .anyMatch(variable -> BRANCH_SETTINGS.stream().anyMatch(variable.getKey()::startsWith));
    if (!named) {
      environment.putAll(twoBranches(files.data(NAME)));
    }
    return environment;
  }

  /// The same file as that of `replog connectors`, which runs in the root.
  private Path published() {
    String written = variables.getOrDefault("RABBITMQ_OUT_POSITION", "").strip();
    return written.isEmpty() ? files.published() : root.toAbsolutePath().resolve(written);
  }

  /// Two branches and a head office, in files of H2.
  ///
  /// @param folder where the files lie
  public static Map<String, String> twoBranches(Path folder) {
    return Map.of(
        "BRANCH_1_NAME", "lviv",
        "BRANCH_1_URL", "jdbc:h2:" + folder.resolve("lviv"),
        "BRANCH_2_NAME", "kyiv",
        "BRANCH_2_URL", "jdbc:h2:" + folder.resolve("kyiv"),
        "HEAD_OFFICE_URL", "jdbc:h2:" + folder.resolve("head-office"));
  }

  /// SIGTERM, and SIGKILL where that does not help; returns when the process is gone.
  ///
  /// @return whether it was running
  public boolean down() {
    if (!isRunning()) {
      return false;
    }
    process.terminate();
    if (!process.awaitEnd(LocalCluster.STOP_LIMIT)) {
      process.kill();
    }
    return true;
  }

  /// SIGKILL; returns when the process is gone.
  public void kill() {
    process.kill();
  }

  /// Kills it, should it run.
  @Override
  public void close() {
    kill();
  }
}
