package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The verbs that do one thing to each node they are given.
abstract sealed class NodeCommands implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Parameters(paramLabel = "NODE", arity = "1..*", description = "master, follower-1, ...")
  private List<String> nodes = List.of();

  private NodeCommands(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  /// Does it, and says in a word or two what was done.
  abstract String act(LocalCluster cluster, String node);

  @Override
  public Integer call() {
    LocalCluster cluster = home.cluster();
    RunnerCommands.requireNodes(cluster, nodes);
    nodes.forEach(node -> console.print(node + " " + act(cluster, node)));
    return 0;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Ends nodes in order (SIGTERM, after 40 s SIGKILL).")
  static final class Stop extends NodeCommands {
    Stop(Home home, Console console) {
      super(home, console);
    }

    @Override
    String act(LocalCluster cluster, String node) {
      if (!cluster.state(node).isAlive()) {
        return "was not running";
      }
      return cluster.stop(node) ? "stopped" : "did not end within 40 s and was killed";
    }
  }

  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description = "Stops and starts nodes; returns when they answer HTTP.")
  static final class Restart extends NodeCommands {
    Restart(Home home, Console console) {
      super(home, console);
    }

    @Override
    String act(LocalCluster cluster, String node) {
      cluster.restart(node);
      return "restarted";
    }
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "Ends nodes without warning (SIGKILL).")
  static final class Kill extends NodeCommands {
    Kill(Home home, Console console) {
      super(home, console);
    }

    @Override
    String act(LocalCluster cluster, String node) {
      if (!cluster.state(node).isAlive()) {
        return "was not running";
      }
      cluster.kill(node);
      return "killed";
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Halts nodes (SIGSTOP); their connections stay open and silent.")
  static final class Pause extends NodeCommands {
    Pause(Home home, Console console) {
      super(home, console);
    }

    @Override
    String act(LocalCluster cluster, String node) {
      cluster.pause(node);
      return "paused";
    }
  }

  @Command(
      name = "unpause",
      mixinStandardHelpOptions = true,
      description = "Lets paused nodes go on (SIGCONT).")
  static final class Unpause extends NodeCommands {
    Unpause(Home home, Console console) {
      super(home, console);
    }

    @Override
    String act(LocalCluster cluster, String node) {
      cluster.unpause(node);
      return "running";
    }
  }
}
