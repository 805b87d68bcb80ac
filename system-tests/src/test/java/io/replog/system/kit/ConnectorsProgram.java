package io.replog.system.kit;

import io.replog.client.cluster.Ports;
import io.replog.system.sabotage.Sabotage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The connectors as a real process, on a free port and in a directory of its own, which it keeps
/// when it is killed and started again.
public final class ConnectorsProgram implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final int port = Ports.free();
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> options = new ArrayList<>();
  private Process process;

  /// Not started yet.
  ///
  /// @param name where its lines are found later, under `target/connectors`
  /// @param logUrl the master
  public ConnectorsProgram(String name, String logUrl) {
    try {
      Path parent = Repository.root().resolve("system-tests/target/connectors");
      this.directory = Files.createTempDirectory(Files.createDirectories(parent), name + "-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    options.addAll(List.of(TestCluster.JAVA_OPTIONS.split(" ")));
    variables.put("CONNECTORS_PORT", "" + port);
    variables.put("LOG_URL", logUrl);
    Runtime.getRuntime().addShutdownHook(new Thread(this::killNow, "kill the connectors"));
  }

  public ConnectorsProgram set(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /// Takes protections away, from the next start on.
  public ConnectorsProgram without(Sabotage sabotage) {
    options.add(sabotage.javaOption());
    return this;
  }

  /// A file of its own.
  public Path file(String name) {
    return directory.resolve(name);
  }

  /// Returns when it answers.
  public ConnectorsProgram start() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.add("-jar");
    line.add(Repository.root().resolve("connectors/target/connectors.jar").toString());
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().putAll(variables);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(file("output.log").toFile()));
    try {
      process = builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    TestCluster.await("connectors that answer, see " + directory, this::isReady);
    return this;
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the connectors have ended: " + lines());
    }
    return client().get("/readyz").status() == 200;
  }

  /// Ends it without warning.
  public void kill() {
    killNow();
    awaitEnd();
  }

  /// Ends it as an operator would.
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  private void killNow() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the connectors did not end, see " + directory);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// It is no node, so the documents of the nodes say nothing of its answers.
  public NodeClient client() {
    return new NodeClient(url()).unwatched();
  }

  /// Where its page is.
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /// What it says of the way from the queue into the log.
  public JsonNode in() {
    return client().get("/rabbitmq").data().get("in");
  }

  /// What it says of the way from the log to the exchange.
  public JsonNode out() {
    return client().get("/rabbitmq").data().get("out");
  }

  /// Waits until the way from the log to the exchange is in this state.
  public void awaitOut(String state) {
    TestCluster.await(
        "out is " + state + ", see " + directory,
        () -> out().get("state").asString().equals(state));
  }

  /// Every line that it has printed so far.
  public List<String> lines() {
    try {
      return Files.readAllLines(file("output.log"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
