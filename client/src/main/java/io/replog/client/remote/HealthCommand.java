package io.replog.client.remote;

import static io.replog.client.remote.MasterView.text;

import io.replog.client.terminal.Console;
import io.replog.client.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Shows the cluster as its master sees it.
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Shows the cluster as its master sees it.")
final class HealthCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Target target;

  @Option(names = "--json", description = "Print the master's view as one JSON line.")
  private boolean json;

  HealthCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    JsonNode view = MasterView.of(target);
    if (json) {
      console.print(view.toString());
    } else {
      show(view);
    }
    return 0;
  }

  private void show(JsonNode view) {
    console.print(
        view.path("writable").asBoolean(false)
            ? "writable: " + console.green("yes")
            : "writable: " + console.red("no") + " (" + text(view, "reason") + ")");
    console.print(
        "%s: epoch %s, last index %s, durable %s, on a majority %s, calls waiting %s, fsync %s"
            .formatted(
                text(view, "node"),
                text(view, "epoch"),
                text(view, "last_index"),
                text(view, "durable_index"),
                text(view, "commit_index"),
                text(view, "blocked_writes"),
                text(view, "fsync")));
    Table table =
        new Table("NODE", "STATUS", "STATE", "MATCH", "LAG", "DELAY", "LAST CONTACT", "ERROR");
    view.path("followers").forEach(follower -> add(table, follower));
    table.lines().forEach(console::print);
    showLayers(view.path("layers"));
  }

  private void showLayers(JsonNode layers) {
    if (layers.isEmpty()) {
      return;
    }
    console.print("");
    Table table =
        new Table("LAYER", "NODE", "FEED", "UPSTREAM", "VERSION", "BEHIND", "STALE", "LAST WORD");
    layers.forEach(node -> addLayerNode(table, node));
    table.lines().forEach(console::print);
  }

  private static void addLayerNode(Table table, JsonNode node) {
    table.add(
        text(node, "layer"),
        text(node, "node"),
        text(node, "feed"),
        text(node, "upstream"),
        text(node, "version"),
        text(node, "behind"),
        millis(node, "stale_ms"),
        millis(node, "silent_ms") + (node.path("silent").asBoolean(false) ? ", silent" : ""));
  }

  private static void add(Table table, JsonNode follower) {
    table.add(
        text(follower, "node"),
        text(follower, "status"),
        text(follower, "state"),
        text(follower, "match_index"),
        text(follower, "lag"),
        millis(follower, "delay_ms"),
        millis(follower, "last_contact_ms"),
        text(follower, "last_error"));
  }

  private static String millis(JsonNode node, String field) {
    String value = text(node, field);
    return value.equals("-") ? value : value + " ms";
  }
}
