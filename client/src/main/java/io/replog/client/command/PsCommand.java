package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.cluster.NodeState;
import io.replog.client.cluster.NodeStatus;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Table;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// Shows what became of every node.
@Command(
    name = "ps",
    mixinStandardHelpOptions = true,
    description = "Shows the nodes: process, state, port, role, health, uptime.")
final class PsCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  PsCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    Table table = new Table("NODE", "PID", "STATE", "PORT", "ROLE", "HEALTH", "UPTIME");
    home.cluster().ps().forEach(status -> add(table, status));
    table.lines().forEach(console::print);
    return 0;
  }

  private static void add(Table table, NodeStatus status) {
    Long pid = status.pid();
    table.add(
        status.node().name(),
        pid == null ? "-" : pid.toString(),
        status.state().name().toLowerCase(Locale.ROOT),
        Integer.toString(status.node().port()),
        status.node().isOfCore() ? status.node().role() : "layer",
        health(status),
        uptime(status.uptime()));
  }

  private static String health(NodeStatus status) {
    if (status.state() != NodeState.RUNNING) {
      return "-";
    }
    if (status.readiness().isEmpty()) {
      return "no answer";
    }
    return status.readiness().getAsInt() == 200
        ? "ready"
        : "not ready (" + status.readiness().getAsInt() + ")";
  }

  static String uptime(@Nullable Duration uptime) {
    if (uptime == null) {
      return "-";
    }
    if (uptime.toHours() > 0) {
      return "%dh%02dm".formatted(uptime.toHours(), uptime.toMinutesPart());
    }
    return uptime.toMinutes() > 0
        ? "%dm%02ds".formatted(uptime.toMinutes(), uptime.toSecondsPart())
        : Math.max(0, uptime.toSeconds()) + "s";
  }
}
