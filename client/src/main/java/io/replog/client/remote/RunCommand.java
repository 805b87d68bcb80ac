package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.remote.AddResult.Outcome;
import io.replog.client.remote.TransactionFile.Line;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Plays a file of transactions, one behind the other.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a file of transactions, a line each: b, r(12), w(49,53), r(69), c",
      "reads and writes; b0, r(30), c only reads, b1 and b2 at a node of that layer.",
      "Lines that begin with # are comments.",
      "All lines are checked before the first is sent; it stops at the first that is not carried"
          + " out."
    },
    footer = {
      "",
      "Exit codes: 0 all committed, 2 a line is no transaction and nothing was sent,",
      "3 one was not committed, 4 one is not yet held by as many, or unknown."
    })
final class RunCommand implements Callable<Integer> {

  /// On top of the timeout that the master keeps: for the way there and back.
  private static final Duration ALLOWANCE = Duration.ofSeconds(15);

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "FILE",
      description = "The file; - reads the transactions from standard input.")
  private String file = "-";

  @Option(
      names = {"-w", "--write-concern"},
      paramLabel = "N",
      description = "How many nodes must hold each, the master included: 1, 2, ..., majority, all.")
  private @Nullable String concern;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "How long each waits for them, such as 500ms or 5s; otherwise without limit.")
  private @Nullable String timeout;

  @Option(
      names = "--layer",
      paramLabel = "N=URL",
      description = "Where a node of layer N is; otherwise where the master knows one.")
  private Map<Integer, String> layers = Map.of();

  @Option(names = "--json", description = "Print one JSON line for each.")
  private boolean json;

  RunCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    WriteConcern.require(concern);
    Duration limit = AddTimeout.parse(timeout);
    LayerNodes nodes = new LayerNodes(target, layers);
    Outcome outcome = Outcome.APPENDED;
    for (Line line : transactions().lines()) {
      TransactionResult result = send(line, limit, nodes);
      show(line, result);
      outcome = result.outcome();
      if (outcome != Outcome.APPENDED) {
        break;
      }
    }
    return outcome.exitCode();
  }

  private TransactionFile transactions() {
    if (file.equals("-")) {
      return TransactionFile.read("standard input", console.in());
    }
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      return TransactionFile.read(file, content);
    } catch (NoSuchFileException missing) {
      throw Failure.usage("there is no file " + file);
    } catch (IOException | InvalidPathException failed) {
      throw Failure.usage("%s cannot be read: %s".formatted(file, failed.getMessage()));
    }
  }

  private TransactionResult send(Line line, @Nullable Duration limit, LayerNodes nodes) {
    HttpRequest request = request(line, limit, nodes);
    try {
      return TransactionResult.of(
          line.number(), target.http().send(request, BodyHandlers.ofString()));
    } catch (IOException failed) {
      return TransactionResult.of(line.number(), request.uri(), failed);
    }
  }

  private HttpRequest request(Line line, @Nullable Duration limit, LayerNodes nodes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address(line, nodes) + "/transactions" + query(limit)))
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("Accept", "application/problem+json, application/json")
            .POST(BodyPublishers.ofString(line.transaction().notation()));
    return (limit == null ? request : request.timeout(limit.plus(ALLOWANCE))).build();
  }

  /// A node of the layer on which it reads; the master where it is one of the core.
  private String address(Line line, LayerNodes nodes) {
    Integer layer = line.transaction().layer();
    return layer == null ? target.master() : nodes.of(layer);
  }

  private String query(@Nullable Duration limit) {
    String concerns =
        concern == null
            ? ""
            : "write_concern=" + URLEncoder.encode(concern, StandardCharsets.UTF_8);
    String timeouts = limit == null ? "" : "timeout_ms=" + limit.toMillis();
    String both = concerns.isEmpty() || timeouts.isEmpty() ? "" : "&";
    String query = concerns + both + timeouts;
    return query.isEmpty() ? "" : "?" + query;
  }

  private void show(Line line, TransactionResult result) {
    if (json) {
      console.print(result.json().toString());
      return;
    }
    String text = Printable.escape(result.text());
    String where = "replog: line %d: %s".formatted(line.number(), text);
    switch (result.outcome()) {
      case APPENDED -> console.print(text);
      case PENDING, UNKNOWN -> console.note(console.yellow(where));
      case REFUSED, UNAVAILABLE -> console.note(console.red(where));
    }
  }
}
