package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.terminal.Console;
import java.util.List;

/// Puts the verbs of the local runner together.
public final class RunnerCommands {

  private final Home home;
  private final Console console;

  public RunnerCommands(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  /// Every verb, in the order of the help.
  public List<Object> all() {
    return List.of(
        new UpCommand(home, console),
        new DownCommand(home, console),
        new PsCommand(home, console),
        new LogsCommand(home, console),
        new StartCommand(home, console),
        new NodeCommands.Stop(home, console),
        new NodeCommands.Restart(home, console),
        new NodeCommands.Kill(home, console),
        new NodeCommands.Pause(home, console),
        new NodeCommands.Unpause(home, console),
        new TokenCommand(home, console),
        new KeyCommand(console),
        new DevCaCommand(home, console),
        new SystemTestCommands.Chaos(home),
        new SystemTestCommands.PowerCuts(home),
        new SystemTestCommands.Overload(home),
        new BenchCommand(home),
        new ConnectorsCommand(home));
  }

  /// Fails for a name that no node has before anything is done to another one.
  static void requireNodes(LocalCluster cluster, List<String> names) {
    names.forEach(cluster::state);
  }
}
