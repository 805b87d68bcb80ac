package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Shows where the time of one message went.
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Shows where the time of one message went: at the master, on each way to a follower, and",
      "there. The master knows the last 4,096 messages since its start."
    })
final class TraceCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Target target;

  @Parameters(paramLabel = "INDEX", description = "Index of the message.")
  private long index;

  @Option(names = "--json", description = "Print the master's answer as one JSON line.")
  private boolean json;

  TraceCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    URI uri = URI.create(target.master() + "/messages/" + index + "/trace");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/problem+json, application/json")
            .timeout(Http.SHORT)
            .build();
    HttpResponse<String> answer = target.http().ask(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw Failure.refused(Printable.escape(Http.message(answer.statusCode(), answer.body())));
    }
    JsonNode trace = Http.json(answer.body()).path("data");
    if (!trace.isObject()) {
      throw Failure.refused(uri + " does not answer as a master does");
    }
    if (json) {
      console.print(trace.toString());
    } else {
      Waterfall.of(trace).lines().forEach(console::print);
    }
    return 0;
  }
}
