package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Starts single nodes, if wanted with an empty disk.
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Starts nodes that are not running; returns when they answer HTTP.")
final class StartCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Option(names = "--wipe", description = "Remove the node's messages first.")
  private boolean wipe;

  @Option(
      names = "--accept-data-loss",
      description =
          "Give up what is damaged in the log, and what stands behind it; it goes to quarantine/.")
  private boolean acceptDataLoss;

  @Parameters(paramLabel = "NODE", arity = "1..*", description = "master, follower-1, ...")
  private List<String> nodes = List.of();

  StartCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    LocalCluster cluster = home.cluster();
    RunnerCommands.requireNodes(cluster, nodes);
    if (wipe) {
      nodes.forEach(cluster::wipe);
    }
    for (String node : nodes) {
      if (acceptDataLoss) {
        cluster.set(node, "ACCEPT_DATA_LOSS", "on");
      }
      console.print(node + (cluster.start(node) ? " started" : " was running already"));
    }
    return 0;
  }
}
