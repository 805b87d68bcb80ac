package io.replog.client.cluster;

import io.replog.client.Failure;
import io.replog.client.terminal.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Waits for nodes that were started. A node that ends meanwhile, or takes too long, is a [Failure]
/// that shows the end of its log.
final class NodeWait {

  private static final int LAST_LINES = 15;

  private final ClusterFiles files;
  private final NodeEnvironment environment;
  private final HttpProbe probe;

  NodeWait(ClusterFiles files, NodeEnvironment environment, HttpProbe probe) {
    this.files = files;
    this.probe = probe;
    this.environment = environment;
  }

  /// Returns when every one of these nodes is ready to serve.
  void untilReady(Collection<NodeProcess> nodes, Duration limit) {
    await(nodes, "/readyz", "ready", 200, limit);
  }

  /// Returns when the node answers HTTP at all.
  void untilItAnswers(NodeProcess node, Duration limit) {
    await(List.of(node), "/livez", "listening", 0, limit);
  }

  /// @param status the status to wait for, or 0 for any
  private void await(
      Collection<NodeProcess> nodes, String path, String wish, int status, Duration limit) {
    List<NodeProcess> waiting = new ArrayList<>(nodes);
    boolean all =
        Awaiting.until(
            () -> {
              waiting.removeIf(node -> answers(node, path, status));
              waiting.forEach(this::requireNotEnded);
              return waiting.isEmpty();
            },
            limit);
    if (!all) {
      throw Failure.refused(
          "%s not %s within %d s; the end of its log:\n%s"
              .formatted(
                  waiting.stream().map(node -> node.spec().name()).toList(),
                  wish,
                  limit.toSeconds(),
                  endOfLog(waiting.getFirst())));
    }
  }

  private boolean answers(NodeProcess node, String path, int status) {
    if (node.state() != NodeState.RUNNING) {
      return false;
    }
    OptionalInt answer = probe.status(environment.url(node.spec()) + path);
    return answer.isPresent() && (status == 0 || answer.getAsInt() == status);
  }

  private void requireNotEnded(NodeProcess node) {
    if (!node.state().isAlive()) {
      OptionalInt code = node.exitCode();
      throw Failure.refused(
          "%s ended%s; the end of its log:\n%s"
              .formatted(
                  node.spec().name(),
                  code.isPresent() ? " with exit code " + code.getAsInt() : "",
                  endOfLog(node)));
    }
  }

  private String endOfLog(NodeProcess node) {
    return LogTail.lines(files.log(node.spec().name()), LAST_LINES).stream()
        .map(line -> "  " + Printable.escape(line.replace("\t", "    ")))
        .collect(Collectors.joining("\n"));
  }
}
