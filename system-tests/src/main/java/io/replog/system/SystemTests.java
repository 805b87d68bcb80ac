package io.replog.system;

import io.replog.system.chaos.ChaosCommand;
import io.replog.system.overload.OverloadCommand;
import io.replog.system.power.PowerCutsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line of `system-tests.jar`; people reach it as verbs of `./replog`.
@Command(
    name = "replog",
    synopsisSubcommandLabel = "VERB",
    description = "Torments a cluster of real processes and judges what it did.")
public final class SystemTests {

  private SystemTests() {}

  /// Exit codes: 0 every promise was kept, 1 one was broken, 2 usage, 3 it could not be tried.
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new SystemTests());
    line.addSubcommand(new ChaosCommand());
    line.addSubcommand(new PowerCutsCommand());
    line.addSubcommand(new OverloadCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(line.execute(arguments));
  }
}
