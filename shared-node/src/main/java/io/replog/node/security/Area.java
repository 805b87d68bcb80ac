package io.replog.node.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/// The parts of a node that are open to different people. Every path is in exactly one of them.
public enum Area {

  /// Probes: anybody, so that whoever restarts nodes needs no credentials.
  PROBES,

  /// What nodes say to one another: nodes only.
  NODES,

  /// What changes a node beyond its messages: whoever has the token of the cluster, or a key of
  /// [ClientRole#ADMIN].
  OPERATORS,

  /// Everything else: clients.
  CLIENTS;

  private static final List<String> NODE_ROOTS = List.of("/replicate", "/heartbeat", "/cluster");
  private static final List<String> OPERATOR_ROOTS =
      List.of("/cluster/adopt", "/cluster/members", "/cluster/faults", "/faults");

  /// What a master tells whoever may read, of all nodes together.
  private static final List<String> CLUSTER_READS = List.of("/cluster/events", "/cluster/messages");

  private static final List<String> PROBE_ROOTS = List.of("/actuator/health", "/livez", "/readyz");

  /// Where a request is bound. A probe is one only where its path is written plainly: then nothing
  /// that reads the path in another way can find something else behind it.
  static Area of(HttpServletRequest request) {
    Area area = of(request.getServletPath());
    boolean plain = request.getServletPath().equals(request.getRequestURI());
    return area == PROBES && !plain ? CLIENTS : area;
  }

  /// The same of a decoded path.
  public static Area of(String path) {
    if (isBelow(PROBE_ROOTS, path)) {
      return PROBES;
    }
    if (isBelow(OPERATOR_ROOTS, path)) {
      return OPERATORS;
    }
    return isBelow(NODE_ROOTS, path) && !CLUSTER_READS.contains(path) ? NODES : CLIENTS;
  }

  /// Whether clients, as a rule, have no business at a path.
  public static boolean isInternal(String path) {
    return switch (of(path)) {
      case NODES, OPERATORS -> true;
      case PROBES, CLIENTS -> false;
    };
  }

  private static boolean isBelow(List<String> roots, String path) {
    for (String root : roots) {
      if (path.startsWith(root)
          && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
