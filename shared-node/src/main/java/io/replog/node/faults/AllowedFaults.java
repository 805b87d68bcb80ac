package io.replog.node.faults;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;

/// Whether faults may be injected here at all.
public final class AllowedFaults {

  /// What is answered where they may not.
  public static final String ELSE = "Faults are not injected here: FAULTS=on would allow it.";

  private AllowedFaults() {}

  /// @throws Refusal 404 unless `FAULTS=on`: there is nothing at a path of faults then
  public static void require(NodeSettings settings) {
    if (!settings.faults().allowed()) {
      throw Refusal.of(
          ProblemType.NOT_FOUND, "faults are not injected here, FAULTS=on would allow it");
    }
  }
}
