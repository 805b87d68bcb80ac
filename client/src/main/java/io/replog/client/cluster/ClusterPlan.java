package io.replog.client.cluster;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The nodes of the last `up`, remembered so that later commands mean the same cluster whatever
/// their environment says.
///
/// JSON: `{"nodes":[{"name":"master","port":6061,"delay":"0s"}]}`
///
/// @param nodes the master first
public record ClusterPlan(List<NodeSpec> nodes) {

  private static final JsonMapper JSON = JsonMapper.shared();

  public ClusterPlan {
    nodes = List.copyOf(nodes);
  }

  public static Optional<ClusterPlan> read(ClusterFiles files) {
    return Optional.ofNullable(Disk.readIfThere(files.plan()))
        .map(text -> JSON.readValue(text, ClusterPlan.class));
  }

  void write(ClusterFiles files) {
    Disk.write(files.plan(), JSON.writeValueAsString(this));
  }
}
