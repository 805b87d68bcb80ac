package io.replog.system.kit;

import io.replog.client.cluster.Awaiting;
import io.replog.client.cluster.JarCommand;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.client.cluster.NodeCommand;
import io.replog.client.cluster.NodeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A cluster of real processes, through the same runner as `./replog up`: on free ports, without
/// delays unless asked for, in a directory of its own. Closing it kills the processes and removes
/// their data; their logs stay, to look at.
public final class TestCluster implements AutoCloseable {

  public static final String MASTER = NodeSpec.MASTER;
  public static final String FOLLOWER_1 = "follower-1";
  public static final String FOLLOWER_2 = "follower-2";

  /// Far above what anything here takes on a busy machine with two cores.
  public static final Duration LIMIT = Duration.ofSeconds(120);

  /// What a busy machine makes late is neither refused nor given up.
  public static final String PATIENCE = "-Dreplog.late-millis=60000 -Dreplog.answer-millis=60000";

  /// For a node with the heap that most have.
  public static final String JAVA_OPTIONS = javaOptions("256m");

  private final Path directory;
  private final LocalCluster nodes;
  private UnaryOperator<NodeClient> manner = client -> client;

  private TestCluster(Path directory, LocalCluster nodes) {
    this.directory = directory;
    this.nodes = nodes;
  }

  /// Compiles quickly rather than well: the nodes of a test live for seconds.
  ///
  /// @param heap such as `64m`
  public static String javaOptions(String heap) {
    return "-Xmx%s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError %s"
        .formatted(heap, PATIENCE);
  }

  /// A cluster with nothing started yet, in a new directory under `target/clusters`.
  ///
  /// @param name where its logs are found later
  public static TestCluster laidOut(String name, UnaryOperator<LocalClusterBuilder> settings) {
    return laidOut(newDirectory(name), settings);
  }

  /// A cluster with nothing started yet.
  ///
  /// @param directory where everything of it lies
  public static TestCluster laidOut(Path directory, UnaryOperator<LocalClusterBuilder> settings) {
    LocalClusterBuilder builder =
        new LocalClusterBuilder(directory, programs()).set("JAVA_OPTS", JAVA_OPTIONS);
    return new TestCluster(directory, settings.apply(builder).build());
  }

  /// What Maven has built here, shared by all clusters of tests.
  public static NodeCommand programs() {
    return new JarCommand(Repository.root(), Repository.root().resolve("target/programs"));
  }

  /// A cluster whose nodes are all ready and in sync.
  public static TestCluster running(String name, UnaryOperator<LocalClusterBuilder> settings) {
    TestCluster cluster = laidOut(name, settings);
    try {
      cluster.up();
      return cluster;
    } catch (RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /// Another master over the same two followers, with a disk of its own that is still empty, and
  /// not started.
  public TestCluster rival() {
    String followers =
        "follower-1=%s,follower-2=%s".formatted(nodes.url(FOLLOWER_1), nodes.url(FOLLOWER_2));
    return laidOut(
        directory.getFileName() + "-rival",
        settings ->
            settings.set("CLUSTER_TOKEN", nodes.token()).set(MASTER, "FOLLOWERS", followers));
  }

  /// Gives this cluster's master, which does not run, a copy of the disk of the other's.
  public void copyMasterOf(TestCluster other) {
    String from = other.nodes.dataDirectory(MASTER).toString();
    String to = nodes.dataDirectory(MASTER).toString();
    Shell.run("mkdir", "-p", to);
    Shell.run("cp", "-aT", from, to);
  }

  /// Starts what is not running; returns when all nodes are ready and in sync.
  public void up() {
    nodes.up();
    awaitInSync();
  }

  /// Has every client of this cluster speak in this manner: with certificates, with a key.
  public TestCluster speaking(UnaryOperator<NodeClient> manner) {
    this.manner = manner;
    return this;
  }

  private static Path newDirectory(String name) {
    Path parent = Repository.root().resolve("system-tests/target/clusters");
    try {
      return Files.createTempDirectory(Files.createDirectories(parent), name + "-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The verbs of the runner.
  public LocalCluster nodes() {
    return nodes;
  }

  public NodeClient client(String node) {
    return manner.apply(new NodeClient(nodes.url(node)));
  }

  public NodeClient master() {
    return client(MASTER);
  }

  public NodeClient follower1() {
    return client(FOLLOWER_1);
  }

  public NodeClient follower2() {
    return client(FOLLOWER_2);
  }

  /// Every whole line that the node has printed so far.
  public List<String> lines(String node) {
    try {
      String text = new String(Files.readAllBytes(nodes.logFile(node)), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Starts these nodes at once and returns when all are ready.
  public void start(String... names) {
    for (String name : names) {
      nodes.startWithoutWaiting(name);
    }
    nodes.awaitReady(List.of(names), LocalCluster.READY_LIMIT);
  }

  /// Waits until the master accepts messages.
  public void awaitWritable() {
    await("writable", () -> master().health().get("writable").asBoolean());
  }

  /// Waits until the master accepts messages and every follower is healthy and holds all of them.
  public void awaitInSync() {
    await("in sync", this::isInSync);
  }

  /// Whether the master says that it accepts messages and that every follower is healthy and holds
  /// all of them.
  public boolean isInSync() {
    JsonNode health = master().health();
    boolean all = health.get("writable").asBoolean();
    for (JsonNode follower : health.get("followers")) {
      all &= follower.get("status").asString().equals("HEALTHY");
      all &= follower.get("state").asString().equals("IN_SYNC");
      all &= follower.get("lag").asLong() == 0;
    }
    return all;
  }

  /// Waits until the master's view of the follower is this one.
  public void awaitStatus(String follower, String status) {
    await(
        follower + " " + status,
        () -> master().healthOf(follower).get("status").asString().equals(status));
  }

  /// Waits until so many calls are blocked on the master; their messages need not be durable yet.
  public void awaitBlocked(int calls) {
    await(calls + " blocked calls", () -> master().health().get("blocked_writes").asInt() == calls);
  }

  /// Waits until the node holds everything up to the index on its disk.
  public void awaitDurable(String node, long index) {
    await(
        node + " holds " + index,
        () -> client(node).health().get("durable_index").asLong() >= index);
  }

  /// Waits until the node shows exactly these texts.
  public void awaitTexts(String node, List<String> texts) {
    await(node + " shows " + texts.size() + " texts", () -> shows(node, texts));
  }

  private boolean shows(String node, List<String> texts) {
    Reply reply = client(node).get("/messages");
    return reply.status() == 200 && reply.texts().equals(texts);
  }

  /// Waits until it is so; a node that does not answer is one more reason to wait.
  ///
  /// @param wish what is waited for, for people
  public static void await(String wish, BooleanSupplier condition) {
    if (!Awaiting.until(() -> holds(condition), LIMIT)) {
      throw new AssertionError("not within %d s: %s".formatted(LIMIT.toSeconds(), wish));
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.close();
    deleteTree(directory.resolve("data"));
  }

  /// Removes a directory with all that is in it, if it is there.
  public static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
