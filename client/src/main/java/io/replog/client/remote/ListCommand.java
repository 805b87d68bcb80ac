package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the messages that a node holds, as they stream in.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows the messages that a node holds, in their order.")
final class ListCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "NODE",
      arity = "0..1",
      defaultValue = NodeSpec.MASTER,
      description = "master (the default), follower-1, ...")
  private String node = NodeSpec.MASTER;

  @Option(names = "--from", paramLabel = "INDEX", description = "First index to show.")
  private @Nullable Long from;

  @Option(names = "--limit", paramLabel = "N", description = "Most messages to show.")
  private @Nullable Long limit;

  @Option(names = "--majority", description = "Only what a majority of the nodes holds.")
  private boolean majority;

  @Option(names = "--json", description = "Print the full records, one JSON line each.")
  private boolean json;

  ListCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    URI uri = URI.create(target.url(node) + "/messages" + query());
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/x-ndjson, application/problem+json")
            .timeout(Http.SHORT)
            .build();
    HttpResponse<Stream<String>> answer = target.http().ask(request, BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() != 200) {
        String body = lines.limit(100).collect(Collectors.joining("\n"));
        throw Failure.refused(
            node + ": " + Printable.escape(Http.message(answer.statusCode(), body)));
      }
      print(uri, lines.iterator());
    }
    return 0;
  }

  private String query() {
    String parts =
        Stream.of(
                from == null ? "" : "from=" + from,
                limit == null ? "" : "limit=" + limit,
                majority ? "read_concern=majority" : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("&"));
    return parts.isEmpty() ? "" : "?" + parts;
  }

  private void print(URI uri, Iterator<String> lines) {
    try {
      if (!lines.hasNext() && !json) {
        console.note(node + " holds no messages" + (from == null ? "" : " from there on"));
      }
      while (lines.hasNext() && !console.out().checkError()) {
        String line = lines.next();
        console.print(json ? line : MessageLine.of(line));
      }
    } catch (UncheckedIOException broken) {
      throw Failure.refused(Http.sentence(uri, Http.cause(broken)) + "; the list is not complete");
    }
  }
}
