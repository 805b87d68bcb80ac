package io.replog.client.remote;

import static io.replog.client.remote.MasterView.text;

import io.replog.client.terminal.Console;
import io.replog.client.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Shows what each follower lacks.
@Command(
    name = "lag",
    mixinStandardHelpOptions = true,
    description = "Shows how many messages each follower lacks, as its master sees it.")
final class LagCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Target target;

  LagCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    JsonNode view = MasterView.of(target);
    Table table = new Table("NODE", "LACKS", "HOLDS UP TO", "STATUS");
    table.add(text(view, "node"), "-", text(view, "durable_index"), "-");
    view.path("followers").forEach(each -> add(table, each));
    table.lines().forEach(console::print);
    return 0;
  }

  private static void add(Table table, JsonNode follower) {
    table.add(
        text(follower, "node"),
        text(follower, "lag"),
        text(follower, "match_index"),
        text(follower, "status") + ", " + text(follower, "state"));
  }
}
