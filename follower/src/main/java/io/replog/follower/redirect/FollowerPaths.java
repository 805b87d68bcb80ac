package io.replog.follower.redirect;

import io.replog.node.http.ServedPaths;
import java.util.List;
import org.springframework.stereotype.Component;

/// What only a follower serves.
@Component
final class FollowerPaths implements ServedPaths {

  @Override
  public List<ServedPath> paths() {
    return List.of(
        new ServedPath("POST", "/add", "sends you to the master"),
        new ServedPath("POST", "/replicate", "between nodes: entries to append"),
        new ServedPath("POST", "/heartbeat", "between nodes: where this node stands"),
        new ServedPath("GET", "/cluster/entries", "between nodes: entries behind a position"));
  }
}
