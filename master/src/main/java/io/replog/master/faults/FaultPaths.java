package io.replog.master.faults;

import io.replog.node.http.ServedPaths;
import io.replog.node.settings.NodeSettings;
import java.util.List;
import org.springframework.stereotype.Component;

/// What a master serves about faults, where they are allowed.
@Component
final class FaultPaths implements ServedPaths {

  private static final String WHO = " (needs Cluster-Token or an admin's key)";

  private final NodeSettings settings;

  FaultPaths(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ServedPath> paths() {
    return settings.faults().allowed()
        ? List.of(
            new ServedPath(
                "GET", "/cluster/faults", "what is injected where, DELETE clears it" + WHO),
            new ServedPath(
                "PUT",
                "/cluster/faults/{follower}",
                "inject faults at a follower, also GET and DELETE" + WHO))
        : List.of();
  }
}
