package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.ClusterLogs;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what the nodes print.
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows what the nodes have logged, each line with the name of its node.")
final class LogsCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "2147483647",
      description = "Only the last N lines of each node.")
  private int tail;

  @Parameters(paramLabel = "NODE", arity = "0..*", description = "Only these nodes.")
  private List<String> nodes = List.of();

  LogsCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    LocalCluster cluster = home.cluster();
    RunnerCommands.requireNodes(cluster, nodes);
    ClusterLogs logs =
        nodes.isEmpty()
            ? new ClusterLogs(cluster, console::print)
            : new ClusterLogs(cluster, nodes, console::print);
    logs.printLast(tail);
    if (follow) {
      logs.follow(() -> !console.out().checkError());
    }
    return 0;
  }
}
