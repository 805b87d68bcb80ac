package io.replog.client.demo;

import io.replog.client.Failure;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.client.cluster.NodeCommand;
import io.replog.client.remote.PlainNode;
import io.replog.client.remote.PlainNode.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A throw-away cluster of real processes on free ports. Once closed it starts nothing any more,
/// whatever a scene is in the middle of.
final class DemoCluster implements Nodes, AutoCloseable {

  /// What the nodes get of this process's environment. The rest may be meant for other clusters,
  /// and an empty variable is as good as none.
  private static final Set<String> INHERITED =
      Set.of("PATH", "HOME", "JAVA_HOME", "JDK_JAVA_OPTIONS", "LANG", "TMPDIR");

  private final NodeCommand command;
  private final LocalCluster cluster;
  private final Map<String, PlainNode> nodes = new HashMap<>();
  private boolean closed;

  DemoCluster(Path directory, NodeCommand command) {
    LocalClusterBuilder builder =
        new LocalClusterBuilder(directory, command)
            .delay(1, SLOW_SECONDS + "s")
            .delay(2, QUICK_SECONDS + "s");
    settings().forEach(builder::set);
    this.command = command;
    this.cluster = builder.build();
    cluster.nodes().forEach(node -> nodes.put(node.name(), PlainNode.at(cluster.url(node.name()))));
  }

  /// What every process of a demo has of settings: those of this process are hidden from it.
  static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    System.getenv().keySet().stream()
        .filter(variable -> !INHERITED.contains(variable))
        .forEach(variable -> settings.put(variable, ""));
    settings.put("FAULTS", "on");
    return settings;
  }

  /// Starts all nodes; returns when they are ready.
  void up() {
    command.prepare();
    cluster.nodes().forEach(node -> begin(node.name()));
    cluster.awaitReady();
  }

  String page() {
    return cluster.url(MASTER) + "/";
  }

  private synchronized void begin(String node) {
    if (closed) {
      throw Failure.refused("the demo is over");
    }
    cluster.startWithoutWaiting(node);
  }

  @Override
  public Answer add(String text, int concern) {
    return node(MASTER).add(text, concern, Narrator.LIMIT);
  }

  @Override
  public CompletableFuture<Answer> addLater(String text, int concern) {
    return node(MASTER).addLater(text, concern, Narrator.LIMIT);
  }

  @Override
  public List<String> texts(String node) {
    return node(node).texts();
  }

  @Override
  public void kill(String node) {
    cluster.kill(node);
  }

  @Override
  public void start(String node) {
    begin(node);
    cluster.awaitReady(List.of(node), LocalCluster.READY_LIMIT);
  }

  @Override
  public void wipe(String node) {
    cluster.wipe(node);
  }

  private PlainNode node(String name) {
    PlainNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("no node " + name);
    }
    return node;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /// Ends the processes; returns when they are gone. Repeatable.
  @Override
  public synchronized void close() {
    closed = true;
    cluster.killAll();
  }
}
