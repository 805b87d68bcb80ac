package io.replog.benchmarks;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Says what options may be.
final class Usage {

  private Usage() {}

  /// @param allowed for people: `--seconds is 1 or more`
  /// @throws ParameterException if it does not hold, which ends the command with 2
  static void require(CommandSpec spec, boolean holds, String allowed) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), allowed);
    }
  }
}
