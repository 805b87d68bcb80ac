package io.replog.system.architecture.counterexample.client;

import io.replog.system.architecture.counterexample.node.Node;

/// Breaches in the client.
public final class Client {

  private Client() {}

  record SeesNode(Node node) {}
}
