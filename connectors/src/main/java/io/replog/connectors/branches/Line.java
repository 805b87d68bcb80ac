package io.replog.connectors.branches;

import io.replog.connectors.database.DatabaseOfflineException;

/// The line between a branch and the rest, which can be cut to see what happens then. People in the
/// branch go on selling meanwhile.
final class Line {

  private volatile boolean up = true;

  boolean isUp() {
    return up;
  }

  void set(boolean wanted) {
    up = wanted;
  }

  /// @throws DatabaseOfflineException while it is cut
  void require(String branch) {
    if (!up) {
      throw new DatabaseOfflineException(
          "branch %s is offline (its line was cut by hand)".formatted(branch));
    }
  }
}
