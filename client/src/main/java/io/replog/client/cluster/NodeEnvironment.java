package io.replog.client.cluster;

import io.replog.client.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Translates the settings of a cluster into the environment of one node.
final class NodeEnvironment {

  /// Faults that a follower starts with, such as `FOLLOWER_1_JITTER`.
  private static final List<String> FAULTS = List.of("JITTER", "ERROR_BEFORE", "ERROR_AFTER");

  private final List<NodeSpec> nodes;
  private final Map<String, String> variables;
  private final ClusterFiles files;
  private final LocalTls tls;

  NodeEnvironment(List<NodeSpec> nodes, Map<String, String> variables, ClusterFiles files) {
    this.nodes = nodes;
    this.variables = variables;
    this.files = files;
    this.tls = LocalTls.of(variables, files);
  }

  LocalTls tls() {
    return tls;
  }

  /// Everything that is set, and on top what makes this node this node. A null value removes a
  /// variable that the node would otherwise inherit.
  Map<String, @Nullable String> of(NodeSpec node) {
    Map<String, @Nullable String> environment = new HashMap<>(variables);
    environment.putIfAbsent("FAULTS", "on");
    environment.put("BIND_ADDRESS", bindAddress());
    environment.put("NODE_NAME", node.name());
    environment.put("PORT", Integer.toString(node.port()));
    environment.put("DATA_DIR", files.data(node.name()).toString());
    environment.put("MASTER_PORT", Integer.toString(nodes.getFirst().port()));
    environment.put("FOLLOWERS", node.isMaster() ? followers() : null);
    environment.put("REPLICATION_DELAY", node.isMaster() ? null : node.delay());
    environment.put("FEED", node.feed());
    environment.put("UPSTREAM", upstream(node));
    if (node.isMaster() && !nodes.stream().allMatch(NodeSpec::isOfCore)) {
      environment.putIfAbsent("WRITE_CONCERN_DEFAULT", "all");
    }
    for (String fault : FAULTS) {
      environment.put(
          "REPLICATION_" + fault, node.isMaster() ? null : variables.get(node.variable(fault)));
    }
    environment.put("REPLOG_API_KEY", null);
    environment.putAll(tls.of(node, nodes));
    if (!ClusterToken.isGiven(variables)) {
      environment.put("CLUSTER_TOKEN_FILE", files.token().toString());
    }
    return environment;
  }

  /// Every node would ask for the same port, and only one would get it.
  ///
  /// @throws Failure when `MANAGEMENT_PORT` names a port and there is more than one node
  void refuseSharedManagementPort() {
    String port = variables.getOrDefault("MANAGEMENT_PORT", "").strip();
    if (nodes.size() > 1 && !port.isEmpty() && !port.equals("0")) {
      throw Failure.usage(
          "MANAGEMENT_PORT=%s cannot be shared by the %d nodes of one machine; unset it, or say 0: each node then takes any free port"
              .formatted(port, nodes.size()));
    }
  }

  String bindAddress() {
    String address = variables.getOrDefault("BIND_ADDRESS", "").strip();
    return address.isEmpty() ? "127.0.0.1" : address;
  }

  /// Where the node is reached from this machine.
  String url(NodeSpec node) {
    String host = Ports.reachable(bindAddress());
    return "%s://%s:%d"
        .formatted(tls.scheme(), host.contains(":") ? "[" + host + "]" : host, node.port());
  }

  private @Nullable String upstream(NodeSpec node) {
    return nodes.stream()
        .filter(each -> each.name().equals(node.upstream()))
        .map(this::url)
        .findFirst()
        .orElse(null);
  }

  private String followers() {
    return nodes.stream()
        .filter(node -> !node.hasJoined())
        .filter(node -> !node.isMaster() && node.isOfCore())
        .map(node -> node.name() + "=" + url(node))
        .collect(Collectors.joining(","));
  }
}
