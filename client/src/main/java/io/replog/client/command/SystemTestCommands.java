package io.replog.client.command;

import io.replog.client.Home;
import picocli.CommandLine.Command;

/// The verbs that torment a cluster of their own, in `system-tests.jar`.
final class SystemTestCommands {

  private static final String MODULE = "system-tests";

  private SystemTestCommands() {}

  @Command(
      name = "chaos",
      description = "Torments a cluster of its own with faults, and checks every promise.")
  static final class Chaos extends Handover {
    Chaos(Home home) {
      super(home, MODULE, "chaos");
    }
  }

  @Command(
      name = "power-cuts",
      description = "Cuts the power of nodes of its own, and looks for what was acknowledged.")
  static final class PowerCuts extends Handover {
    PowerCuts(Home home) {
      super(home, MODULE, "power-cuts");
    }
  }

  @Command(
      name = "overload",
      description = "Measures what a sick follower and ten times the load cost.")
  static final class Overload extends Handover {
    Overload(Home home) {
      super(home, MODULE, "overload");
    }
  }
}
