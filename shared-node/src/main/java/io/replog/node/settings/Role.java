package io.replog.node.settings;

import java.util.Locale;

/// What a node is in its cluster.
public enum Role {
  MASTER,
  FOLLOWER;

  /// As it is written in JSON and on the screen.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
