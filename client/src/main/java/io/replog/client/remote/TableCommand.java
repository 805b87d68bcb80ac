package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import io.replog.table.Key;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Shows the keys and values of a node, or one of them.
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {"Shows the keys of a node and what they are worth, or the value of one key."},
    footer = {"", "Exit codes: 0 shown, 2 usage, 3 there is no such key, or the node cannot say."})
final class TableCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "KEY",
      arity = "0..1",
      description = "The key; otherwise all of them, in their order.")
  private @Nullable String key;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "master (the default), follower-1, ...")
  private String node = NodeSpec.MASTER;

  @Option(names = "--json", description = "Print the rows, one JSON line each.")
  private boolean json;

  TableCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    if (key == null) {
      showAll();
    } else {
      requireKey(key);
      JsonNode row = get("/table/" + key);
      console.print(json ? row.toString() : Printable.escape(row.path("value").asString("")));
    }
    return 0;
  }

  private static void requireKey(String key) {
    if (!Key.isOne(key)) {
      throw Failure.usage("a key has " + Key.ALLOWED);
    }
  }

  private void showAll() {
    @Nullable String from = "";
    while (from != null && !console.out().checkError()) {
      JsonNode page = get("/table" + (from.isEmpty() ? "" : "?from=" + from));
      page.path("rows").forEach(this::show);
      JsonNode next = page.path("next");
      from = next.isString() ? next.stringValue() : null;
    }
  }

  private void show(JsonNode row) {
    console.print(
        json
            ? row.toString()
            : "%s=%s"
                .formatted(
                    row.path("key").asString(""),
                    Printable.escape(row.path("value").asString(""))));
  }

  private JsonNode get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target.url(node) + path))
            .header("Accept", "application/json, application/problem+json")
            .timeout(Http.SHORT)
            .build();
    HttpResponse<String> answer = target.http().ask(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw Failure.refused(
          node + ": " + Printable.escape(Http.message(answer.statusCode(), answer.body())));
    }
    return Http.json(answer.body()).path("data");
  }
}
