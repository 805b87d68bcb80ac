package io.replog.follower.redirect;

import io.replog.node.http.ServedPaths;
import io.replog.node.settings.NodeSettings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What only a follower serves.
@Component
final class FollowerPaths implements ServedPaths {

  private final NodeSettings settings;

  FollowerPaths(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ServedPath> paths() {
    return Stream.concat(always().stream(), faults().stream()).toList();
  }

  private static List<ServedPath> always() {
    return List.of(
        new ServedPath("POST", "/add", "sends you to the master"),
        new ServedPath(
            "POST", "/transactions", "b0, r(30), c is read here, others are sent to the master"),
        new ServedPath("POST", "/replicate", "between nodes: entries to append"),
        new ServedPath("POST", "/heartbeat", "between nodes: where this node stands"),
        new ServedPath("GET", "/cluster/entries", "between nodes: entries behind a position"));
  }

  private List<ServedPath> faults() {
    return settings.faults().allowed()
        ? List.of(
            new ServedPath(
                "PUT",
                "/faults",
                "what goes wrong here, also GET and DELETE (needs Cluster-Token or an admin's"
                    + " key)"),
            new ServedPath("PUT", "/faults/delay", "another artificial delay, likewise"))
        : List.of();
  }
}
