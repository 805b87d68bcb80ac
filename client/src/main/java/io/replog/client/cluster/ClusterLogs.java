package io.replog.client.cluster;

import io.replog.client.terminal.Printable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The logs of several nodes as one stream, each line behind the name of its node:
///
///     master      | append #7 w=2
///     follower-1  | received #7
public final class ClusterLogs {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int NAME_WIDTH = 11;

  private final Map<String, LogCursor> cursors = new LinkedHashMap<>();
  private final Consumer<String> sink;

  /// The logs of every node of the cluster.
  public ClusterLogs(LocalCluster cluster, Consumer<String> sink) {
    this(cluster, cluster.nodes().stream().map(NodeSpec::name).toList(), sink);
  }

  public ClusterLogs(LocalCluster cluster, List<String> nodes, Consumer<String> sink) {
    nodes.forEach(node -> cursors.put(node, new LogCursor(cluster.logFile(node))));
    this.sink = sink;
  }

  /// Leaves out what has been logged so far.
  public void skip() {
    cursors.values().forEach(cursor -> cursor.poll(_ -> {}));
  }

  /// Prints the last lines of each node, one node behind the other; [#follow] goes on from there.
  public void printLast(int count) {
    cursors.forEach(
        (node, cursor) -> {
          Deque<String> last = new ArrayDeque<>();
          cursor.poll(line -> keepLast(last, line, count));
          last.forEach(line -> print(node, line));
        });
  }

  private static void keepLast(Deque<String> last, String line, int count) {
    last.addLast(line);
    if (last.size() > count) {
      last.removeFirst();
    }
  }

  /// Prints what comes, as long as `goOn` says so and the thread is not interrupted.
  public void follow(BooleanSupplier goOn) {
    while (goOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      poll();
      LockSupport.parkNanos(POLL.toNanos());
    }
    poll();
  }

  private void poll() {
    cursors.forEach((node, cursor) -> cursor.poll(line -> print(node, line)));
  }

  private void print(String node, String line) {
    String padding = " ".repeat(Math.max(0, NAME_WIDTH - node.length()));
    sink.accept(node + padding + " | " + Printable.escape(line.replace("\t", "    ")));
  }
}
