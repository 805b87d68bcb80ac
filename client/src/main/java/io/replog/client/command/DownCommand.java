package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalConnectors;
import io.replog.client.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stops every node, and the connectors.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "Stops the cluster and the connectors (SIGTERM, after 40 s SIGKILL). Messages and logs"
            + " stay.")
final class DownCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Option(names = "--wipe", description = "Remove all messages, logs and the cluster token too.")
  private boolean wipe;

  DownCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    LocalCluster cluster = home.cluster();
    List<String> stopped = new ArrayList<>();
    if (connectors().down()) {
      stopped.add("connectors");
    }
    stopped.addAll(cluster.down());
    console.print(
        stopped.isEmpty() ? "Nothing was running." : "Stopped " + String.join(", ", stopped) + ".");
    if (wipe) {
      cluster.wipe();
      console.print("Removed all messages and logs.");
    }
    return 0;
  }

  private LocalConnectors connectors() {
    return new LocalConnectors(
        home.files(),
        home.root(),
        home.files().programs(),
        home.settings(OptionalInt.empty()).variables());
  }
}
