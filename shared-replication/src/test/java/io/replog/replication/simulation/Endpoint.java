package io.replog.replication.simulation;

/// Somebody who sends and receives: a node, or the crowd of clients.
interface Endpoint {

  String name();

  boolean running();

  /// Number of the present process. Whatever was meant for an earlier one is dropped.
  int process();

  /// Runs `action` inside process number `process`: now, when it is unpaused, or never.
  void inProcess(int process, Runnable action);
}
