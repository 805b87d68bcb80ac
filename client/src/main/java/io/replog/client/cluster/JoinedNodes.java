package io.replog.client.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The nodes of this machine that joined the local cluster while it ran. The log of the master
/// knows them by their addresses, so they are started again by every later `up`, on the same ports.
///
/// JSON: `{"nodes":[{"name":"follower-3","port":6064,"delay":"0s","joined":true}]}`
///
/// @param nodes in the order in which they joined
public record JoinedNodes(List<NodeSpec> nodes) {

  private static final JsonMapper JSON = JsonMapper.shared();

  public JoinedNodes {
    nodes = List.copyOf(nodes);
  }

  /// Those that the settings do not describe by now.
  public static List<NodeSpec> beside(List<NodeSpec> settings, ClusterFiles files) {
    List<String> known = settings.stream().map(NodeSpec::name).toList();
    return read(files).nodes().stream().filter(node -> !known.contains(node.name())).toList();
  }

  static void add(NodeSpec node, ClusterFiles files) {
    List<NodeSpec> more = new ArrayList<>(others(node.name(), files).toList());
    more.add(node);
    new JoinedNodes(more).write(files);
  }

  static void remove(String name, ClusterFiles files) {
    new JoinedNodes(others(name, files).toList()).write(files);
  }

  private static Stream<NodeSpec> others(String name, ClusterFiles files) {
    return read(files).nodes().stream().filter(node -> !node.name().equals(name));
  }

  private static JoinedNodes read(ClusterFiles files) {
    String text = Disk.readIfThere(files.joined());
    return text == null ? new JoinedNodes(List.of()) : JSON.readValue(text, JoinedNodes.class);
  }

  private void write(ClusterFiles files) {
    Disk.write(files.joined(), JSON.writeValueAsString(this));
  }
}
