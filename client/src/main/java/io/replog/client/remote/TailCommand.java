package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows messages as they come. A connection that breaks is opened again behind the last message
/// shown, so that none is lost and none comes twice.
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Shows new messages of a node as they come, until Ctrl-C.",
      "Reconnects by itself without losing or repeating any."
    })
final class TailCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Console console;

  @Mixin private final Target target;

  @Parameters(
      paramLabel = "NODE",
      arity = "0..1",
      defaultValue = NodeSpec.MASTER,
      description = "master (the default), follower-1, ...")
  private String node = NodeSpec.MASTER;

  @Option(
      names = "--from",
      paramLabel = "INDEX",
      description = "First index to show; otherwise only what comes from now on.")
  private @Nullable Long from;

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private @Nullable Long count;

  @Option(names = "--json", description = "Print the full records, one JSON line each.")
  private boolean json;

  /// Id behind which the next connection goes on; null before the first answer.
  private @Nullable String lastId;

  /// Whether the node has ever answered; only then its absence is taken for temporary.
  private boolean connected;

  private long shown;

  TailCommand(Target target, Console console) {
    this.console = console;
    this.target = target;
  }

  @Override
  public Integer call() {
    URI uri = URI.create(target.url(node) + "/messages" + (from == null ? "" : "?from=" + from));
    while (!isDone()) {
      try {
        readFrom(uri);
      } catch (IOException broken) {
        if (!Thread.currentThread().isInterrupted()) {
          waitBeforeRetry(uri, broken);
        }
      }
    }
    return 0;
  }

  private boolean isDone() {
    return (count != null && shown >= count)
        || console.out().checkError()
        || Thread.currentThread().isInterrupted();
  }

  private void readFrom(URI uri) throws IOException {
    HttpResponse<Stream<String>> answer = target.http().send(request(uri), BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      requireStream(answer, lines);
      connected = true;
      if (lastId == null && from == null) {
        lastId = answer.headers().firstValue("Log-Index").orElse(null);
      }
      show(lines.iterator());
    } catch (UncheckedIOException broken) {
      throw Http.cause(broken);
    }
    if (!isDone()) {
      throw new IOException("the node ended the stream");
    }
  }

  private HttpRequest request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "text/event-stream, application/problem+json");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    return request.build();
  }

  private void requireStream(HttpResponse<Stream<String>> answer, Stream<String> lines)
      throws IOException {
    if (answer.statusCode() == 200) {
      return;
    }
    String body = lines.limit(100).collect(Collectors.joining("\n"));
    String message = Printable.escape(Http.message(answer.statusCode(), body));
    if (connected && answer.statusCode() >= 500) {
      throw new IOException(message);
    }
    throw Failure.refused(node + ": " + message);
  }

  private void show(Iterator<String> lines) {
    SseParser parser = new SseParser();
    while (!isDone() && lines.hasNext()) {
      Optional<SseParser.Event> event = parser.accept(lines.next());
      event.ifPresent(this::show);
    }
  }

  private void show(SseParser.Event event) {
    console.print(json ? event.data() : MessageLine.of(event.data()));
    lastId = event.id().isEmpty() ? lastId : event.id();
    shown++;
  }

  private void waitBeforeRetry(URI uri, IOException broken) {
    if (!connected) {
      throw Failure.refused(Http.sentence(uri, broken));
    }
    console.note(console.faint("(" + Http.sentence(uri, broken) + "; trying again)"));
    LockSupport.parkNanos(PAUSE.toNanos());
  }
}
