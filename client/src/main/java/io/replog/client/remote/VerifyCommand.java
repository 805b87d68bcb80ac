package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Compares the logs of all nodes, entry by entry.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the logs of all nodes, entry by entry, and names the first index that differs.",
      "A node that is only behind is fine."
    },
    footer = {"", "Exit codes: 0 equal, 1 they differ, 2 usage, 3 a node could not be read."})
final class VerifyCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Console console;

  @Mixin private final Target target;

  @Option(names = "--json", description = "Print the outcome as one JSON line.")
  private boolean json;

  VerifyCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    VerifyResult result = compare();
    if (json) {
      console.print(JSON.writeValueAsString(result));
    } else {
      show(result);
    }
    return exitCode(result);
  }

  private VerifyResult compare() {
    long from = firstIndexOfAll();
    List<ComparedNode> nodes =
        target.nodes().entrySet().stream()
            .map(node -> node(node.getKey(), node.getValue(), from))
            .toList();
    try {
      LogComparison comparison = new LogComparison(nodes, from);
      comparison.run();
      return VerifyResult.of(comparison, nodes, from);
    } finally {
      nodes.forEach(ComparedNode::close);
    }
  }

  /// Nodes delete what none of them lacks, each in its own time.
  private long firstIndexOfAll() {
    return target.nodes().values().stream()
        .mapToLong(url -> FirstIndex.of(target.http(), url))
        .max()
        .orElse(1);
  }

  private ComparedNode node(String name, String url, long from) {
    return new ComparedNode(name, url, RecordStream.open(target.http(), url, from), from);
  }

  private static int exitCode(VerifyResult result) {
    if (!result.equal()) {
      return DIFFERENT;
    }
    return result.complete() ? 0 : Failure.Kind.REFUSED.exitCode();
  }

  private void show(VerifyResult result) {
    console.print(
        "%s%s up to #%d, chain %s"
            .formatted(
                console.green("equal"),
                result.firstIndex() == 1 ? "" : " from #" + result.firstIndex(),
                result.equalUpTo(),
                result.chain()));
    result.nodes().forEach(this::show);
    showLogs(result);
    if (result.firstDifference() != null) {
      show(result.firstDifference());
    }
  }

  private void show(VerifyResult.Node node) {
    String place = "%s: up to #%d".formatted(node.node(), node.lastIndex());
    String behind = node.behind() == 0 ? "" : ", %d behind".formatted(node.behind());
    String disorder = node.disorder() == null ? "" : "; " + console.red(node.disorder());
    String error =
        node.error() == null
            ? ""
            : "; " + console.red("could not be read: " + Printable.escape(node.error()));
    console.print(place + behind + disorder + error);
  }

  private void showLogs(VerifyResult result) {
    Map<String, String> logs =
        result.nodes().stream()
            .filter(node -> node.logId() != null)
            .collect(
                Collectors.groupingBy(
                    node -> Objects.requireNonNull(node.logId()),
                    Collectors.mapping(VerifyResult.Node::node, Collectors.joining(", "))));
    if (logs.size() > 1) {
      logs.forEach(
          (log, nodes) ->
              console.print(
                  "%s %s: %s".formatted(console.red("log"), Printable.escape(log), nodes)));
    }
  }

  private void show(VerifyResult.FirstDifference difference) {
    console.print(console.red("differ at #" + difference.index()));
    difference
        .held()
        .forEach((node, held) -> console.print("  %s: %s".formatted(node, held.sentence())));
  }
}
