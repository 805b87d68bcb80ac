package io.replog.client.remote;

import static io.replog.client.remote.MasterView.text;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Table;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows, injects and clears faults of followers, through the master.
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is injected at the followers; with a NODE and options, injects it there, beside",
      "what is injected already. 'fault clear' makes all as it was when they started, 'fault clear",
      "NODE' one. The nodes must run with FAULTS=on. Needs the cluster token: CLUSTER_TOKEN,",
      "CLUSTER_TOKEN_FILE, or the local cluster's; or the key of an admin."
    })
final class FaultCommand implements Callable<Integer> {

  private static final String CLEAR = "clear";
  private static final String ALL = "/cluster/faults";

  private final Console console;

  @Mixin private final Target target;
  @Mixin private final Operator operator;
  @Mixin private final FaultOptions options = new FaultOptions();

  @Parameters(
      paramLabel = "NODE",
      arity = "0..2",
      description = "follower-1, ...; or clear, or clear and a node.")
  private List<String> words = List.of();

  @Option(names = "--json", description = "Print the answer as one JSON line.")
  private boolean json;

  FaultCommand(Target target, Operator operator, Console console) {
    this.console = console;
    this.target = target;
    this.operator = operator;
  }

  @Override
  public Integer call() {
    boolean clears = !words.isEmpty() && words.getFirst().equals(CLEAR);
    List<String> nodes = clears ? words.subList(1, words.size()) : words;
    if (nodes.size() > 1 || (options.isAnySet() && (clears || nodes.isEmpty()))) {
      throw Failure.usage("say: fault, fault NODE [options], fault clear, or fault clear NODE");
    }
    String path = nodes.isEmpty() ? ALL : ALL + "/" + encoded(nodes.getFirst());
    JsonNode answer = answer(clears, path);
    show(nodes, answer);
    if (clears && answer.path("data").findValues("error").stream().anyMatch(JsonNode::isString)) {
      throw Failure.unknown("not every follower could be asked; what is in force there is unknown");
    }
    return 0;
  }

  private JsonNode answer(boolean clears, String path) {
    if (clears) {
      return ask("DELETE", path, "");
    }
    JsonNode present = ask("GET", path, "");
    return options.isAnySet()
        ? ask("PUT", path, options.over((ObjectNode) present.path("data")).toString())
        : present;
  }

  private static String encoded(String node) {
    return URLEncoder.encode(node, StandardCharsets.UTF_8);
  }

  private JsonNode ask(String method, String path, String body) {
    JsonNode envelope =
        operator.ask(
            operator
                .at(path, Http.SHORT)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    if (!envelope.path("data").isContainer()) {
      throw Failure.refused(target.master() + " does not answer as a node does");
    }
    return envelope;
  }

  private void show(List<String> nodes, JsonNode answer) {
    JsonNode data = answer.path("data");
    if (json) {
      console.print(data.toString());
      return;
    }
    Table table =
        new Table(
            "NODE", "DELAY", "JITTER", "ERROR BEFORE", "ERROR AFTER", "DROPPED", "STATE", "SEED");
    if (nodes.isEmpty()) {
      data.forEach(each -> add(table, text(each, "node"), each.path("faults")));
    } else {
      add(table, nodes.getFirst(), data);
    }
    table.lines().forEach(console::print);
    data.forEach(each -> noteError(each));
  }

  private void noteError(JsonNode each) {
    if (each.path("error").isString()) {
      console.note("replog: " + text(each, "error"));
    }
  }

  private static void add(Table table, String node, JsonNode faults) {
    table.add(
        node,
        with(faults, "delay_ms", " ms"),
        with(faults, "jitter_ms", " ms"),
        with(faults, "error_before_percent", " %"),
        with(faults, "error_after_percent", " %"),
        with(faults, "drop_answers_percent", " %"),
        state(faults),
        with(faults, "seed", ""));
  }

  private static String state(JsonNode faults) {
    if (faults.path("partition").asBoolean(false)) {
      return "partitioned";
    }
    return faults.path("pause").asBoolean(false) ? "paused" : "-";
  }

  private static String with(JsonNode faults, String field, String unit) {
    String value = text(faults, field);
    return value.equals("-") ? value : value + unit;
  }
}
