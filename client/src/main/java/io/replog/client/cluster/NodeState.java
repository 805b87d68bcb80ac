package io.replog.client.cluster;

/// What became of a node's process.
public enum NodeState {
  RUNNING,
  /// Halted by SIGSTOP; it keeps its port and its connections and answers nothing.
  PAUSED,
  /// Gone without having been asked: killed, or ended by itself.
  EXITED,
  /// Ended as asked, or never started.
  STOPPED;

  /// Whether there is a process.
  public boolean isAlive() {
    return this == RUNNING || this == PAUSED;
  }
}
