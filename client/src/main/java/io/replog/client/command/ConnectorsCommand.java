package io.replog.client.command;

import io.replog.client.Home;
import picocli.CommandLine.Command;

/// Runs the connectors, in `connectors.jar`, until they are interrupted.
@Command(
    name = "connectors",
    mixinStandardHelpOptions = true,
    description = {
      "Connects other systems with the log, here, until Ctrl-C: branch databases where BRANCH_1_URL"
          + " is set, RabbitMQ where RABBITMQ_URI is.",
      "All of it is said by settings; docs/branches.md and docs/rabbitmq.md have them."
    })
final class ConnectorsCommand extends Handover {

  ConnectorsCommand(Home home) {
    super(home, "connectors", "connectors");
  }
}
