package io.replog.system.architecture.counterexample.connectors;

import io.replog.system.architecture.counterexample.log.Log;
import io.replog.system.architecture.counterexample.node.Node;

/// Breaches in the connectors.
public final class Connectors {

  private Connectors() {}

  record SeesLog(Log log) {}

  record RunsNode(Node node) {}
}
