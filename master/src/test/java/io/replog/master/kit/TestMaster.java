package io.replog.master.kit;

import io.replog.master.MasterApplication;
import io.replog.master.cluster.MasterLoop;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.node.shutdown.FailStop;
import io.replog.node.start.NodeLauncher;
import io.replog.replication.master.MasterPhase;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole master in this process, on a free port, with a log on disk.
public final class TestMaster implements AutoCloseable {

  public static final String TOKEN = "a-secret-for-this-test-only";

  private final ConfigurableApplicationContext context;
  private final CompletableFuture<Integer> exitCode;
  private final URI uri;

  private TestMaster(ConfigurableApplicationContext context, CompletableFuture<Integer> exitCode) {
    this.context = context;
    this.exitCode = exitCode;
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    this.uri = URI.create("http://127.0.0.1:" + port);
  }

  /// Starts one that begins its log without asking, and waits until it serves.
  public static TestMaster start(Path data, List<TestFollower> followers, String... variables) {
    String[] alone = {"BOOTSTRAP", "alone"};
    TestMaster master =
        startSafely(
            data,
            followers,
            Stream.of(alone, variables).flatMap(Stream::of).toArray(String[]::new));
    MasterLoop loop = master.bean(MasterLoop.class);
    Eventually.await().until(() -> loop.view().phase() == MasterPhase.SERVING);
    return master;
  }

  /// Starts one that asks its followers before it begins a log.
  ///
  /// @param variables names and values of further environment variables, in turn
  public static TestMaster startSafely(
      Path data, List<TestFollower> followers, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("NODE_NAME", "master");
    environment.put("PORT", "0");
    environment.put("DATA_DIR", data.toString());
    environment.put("CLUSTER_TOKEN", TOKEN);
    environment.put("SCRUB_RATE", "0");
    environment.put(
        "FOLLOWERS",
        followers.stream().map(TestFollower::setting).collect(Collectors.joining(",")));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    FailStop failStop = new FailStop(exitCode::complete, exitCode::complete);
    return new TestMaster(
        NodeLauncher.start(
            SettingsReader.read(Role.MASTER, environment), MasterApplication.class, failStop),
        exitCode);
  }

  public URI uri() {
    return uri;
  }

  /// A part of the running application.
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Every part of the type.
  public <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  /// Completed when the node wants to end the process.
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  /// Stops in order, like SIGTERM.
  @Override
  public void close() {
    context.close();
  }
}
