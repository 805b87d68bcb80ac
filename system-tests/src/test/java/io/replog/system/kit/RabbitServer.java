package io.replog.system.kit;

import io.replog.client.cluster.Awaiting;
import io.replog.client.cluster.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real RabbitMQ server of its own: on free ports, in a directory of its own, with a name service
/// of its own, so that nothing of it meets another one. Closing it kills both and removes its data.
public final class RabbitServer implements AutoCloseable {

  private static final Path LIBRARY = Path.of("/usr/lib/rabbitmq/lib");
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Path directory;
  private final int port = Ports.free();
  private final int namesPort = Ports.free();
  private final int distributionPort = Ports.free();
  private final Path programs;
  private final Process names;
  private Process server;

  private RabbitServer(Path directory) {
    this.directory = directory;
    this.programs = programs();
    write("enabled_plugins", "[].");
    write("rabbitmq.conf", "disk_free_limit.absolute = 10MB\nlog.file.level = info\n");
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "kill the broker"));
    this.names =
        launch(List.of("epmd", "-port", "" + namesPort, "-address", "127.0.0.1"), "names.log");
    TestCluster.await("the name service", this::hasNames);
    this.server = launchServer();
  }

  /// A broker that takes messages. Skips the test where the package is missing.
  ///
  /// @param name where its log is found later, under `target/rabbit`
  public static RabbitServer running(String name) {
    Tools.require("rabbitmq-server", "rabbitmq-server");
    try {
      Path parent = Repository.root().resolve("system-tests/target/rabbit");
      RabbitServer broker =
          new RabbitServer(Files.createTempDirectory(Files.createDirectories(parent), name + "-"));
      broker.awaitReady();
      return broker;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  /// Somebody who speaks to this broker, also after it was restarted.
  public RabbitUser user() {
    return new RabbitUser(uri());
  }

  /// Ends it without warning.
  public void kill() {
    List<ProcessHandle> parts = tree(server).toList();
    parts.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(parts);
  }

  /// Ends it as an operator would.
  public void stop() {
    List<ProcessHandle> parts = tree(server).toList();
    server.destroy();
    awaitEnd(parts);
  }

  /// Starts it again over the same data and returns when it takes messages.
  public void start() {
    server = launchServer();
    awaitReady();
  }

  /// Lets it run out of memory, as far as it can tell, or makes it find enough again.
  public void setFull(boolean full) {
    ctl("set_vm_memory_high_watermark", full ? "0" : "0.6");
  }

  /// Runs the program with which people operate a broker.
  public String ctl(String... words) {
    List<String> line = new ArrayList<>();
    line.add(programs.resolve("rabbitmqctl").toString());
    line.addAll(List.of(words));
    Program program = new Program(directory);
    environment().forEach(program::with);
    Program.Result result = program.run(LIMIT, line);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + result);
    }
    return result.output();
  }

  /// A broker that finds none would start one that outlives it.
  private boolean hasNames() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", namesPort), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Path programs() {
    try (Stream<Path> versions = Files.list(LIBRARY)) {
      return versions
          .map(version -> version.resolve("sbin"))
          .filter(sbin -> Files.isExecutable(sbin.resolve("rabbitmq-server")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no broker under " + LIBRARY));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Process launchServer() {
    return launch(List.of(programs.resolve("rabbitmq-server").toString()), "output.log");
  }

  private Process launch(List<String> command, String log) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().putAll(environment());
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(directory.resolve(log).toFile()));
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", directory.toString());
    variables.put("ERL_EPMD_PORT", "" + namesPort);
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODENAME", "rabbit" + port + "@localhost");
    variables.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
    variables.put("RABBITMQ_NODE_PORT", "" + port);
    variables.put("RABBITMQ_DIST_PORT", "" + distributionPort);
    variables.put("RABBITMQ_MNESIA_BASE", file("mnesia"));
    variables.put("RABBITMQ_LOG_BASE", file("log"));
    variables.put("RABBITMQ_PID_FILE", file("pid"));
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins"));
    variables.put("RABBITMQ_CONFIG_FILE", file("rabbitmq.conf"));
    variables.put("RABBITMQ_CONFIG_FILES", file("conf.d"));
    variables.put("RABBITMQ_ADVANCED_CONFIG_FILE", file("advanced.config"));
    variables.put("RABBITMQ_CONF_ENV_FILE", file("rabbitmq-env.conf"));
    variables.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2");
    return variables;
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String name, String content) {
    try {
      Files.writeString(directory.resolve(name), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitReady() {
    TestCluster.await("a broker that answers, see " + directory, () -> user().isAnswered());
  }

  /// @param parts of the server when it ran: those that it leaves behind are in no tree any more
  private void awaitEnd(List<ProcessHandle> parts) {
    try {
      if (!server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the broker did not end, see " + directory);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    if (!Awaiting.until(() -> parts.stream().noneMatch(ProcessHandle::isAlive), LIMIT)) {
      throw new AssertionError("a part of the broker did not end, see " + directory);
    }
  }

  private static Stream<ProcessHandle> tree(Process process) {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
  }

  private void killAll() {
    Stream.of(server, names)
        .filter(process -> process != null)
        .flatMap(RabbitServer::tree)
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    List<ProcessHandle> parts = tree(server).toList();
    killAll();
    awaitEnd(parts);
    TestCluster.deleteTree(directory.resolve("mnesia"));
  }
}
