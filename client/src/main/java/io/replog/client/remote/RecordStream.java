package io.replog.client.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The full records of one node, read ahead by a few, so that all nodes are read at once and in
/// bounded memory. A node that fails is a value, never an exception: [#failure] says why there is
/// no more.
///
/// Owner: one thread. The reading itself is done by a virtual thread that ends with the stream.
final class RecordStream implements AutoCloseable {

  /// How long a node may be silent in the middle of its answer.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int READ_AHEAD = 16;
  private static final int MAX_REFUSAL_LINES = 100;

  /// What the reading thread hands over.
  private sealed interface Piece {
    record Line(FullRecord value) implements Piece {}

    record Broken(String reason) implements Piece {}

    record End() implements Piece {}
  }

  private final Http http;
  private final URI uri;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(READ_AHEAD);
  private final Thread reader;
  private volatile @Nullable String logId;
  private volatile long shown;
  private @Nullable String failure;
  private boolean ended;

  private RecordStream(Http http, String url, long from) {
    this.http = http;
    this.uri = URI.create(url + (from == 1 ? "/messages" : "/messages?from=" + from));
    this.reader = Thread.ofVirtual().name("records of " + url).unstarted(this::read);
  }

  /// Starts to read everything from index `from` on that the node at `url` shows at this moment.
  static RecordStream open(Http http, String url, long from) {
    RecordStream stream = new RecordStream(http, url, from);
    stream.reader.start();
    return stream;
  }

  /// The next record, null when there is none any more or the node failed.
  @Nullable FullRecord next() {
    if (ended) {
      return null;
    }
    return switch (await()) {
      case Piece.Line line -> line.value();
      case Piece.Broken broken -> end(broken.reason());
      case Piece.End _ -> end(null);
    };
  }

  /// Why the records are not complete, null as long as they are.
  @Nullable String failure() {
    return failure;
  }

  /// Identity of the log as the node names it, null when it names none. Known once [#next] has
  /// returned.
  @Nullable String logId() {
    return logId;
  }

  /// The last index that the node says it shows, 0 when it does not say. Known once [#next] has
  /// returned.
  long shown() {
    return shown;
  }

  @Override
  public void close() {
    reader.interrupt();
  }

  private Piece await() {
    try {
      Piece piece = pieces.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return piece != null
          ? piece
          : new Piece.Broken("nothing came for %d s".formatted(PATIENCE.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Piece.Broken("interrupted");
    }
  }

  private @Nullable FullRecord end(@Nullable String reason) {
    ended = true;
    failure = reason;
    close();
    return null;
  }

  private void read() {
    try {
      hand(readRecords());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Piece readRecords() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/x-ndjson, application/problem+json")
            .timeout(Http.SHORT)
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      try (BufferedReader lines = lines(answer)) {
        return answer.statusCode() == 200 ? handRecords(answer, lines) : refused(answer, lines);
      }
    } catch (IOException broken) {
      return new Piece.Broken(Http.sentence(uri, broken));
    } catch (UncheckedIOException broken) {
      return new Piece.Broken(Http.sentence(uri, Http.cause(broken)));
    } catch (IllegalArgumentException strange) {
      return new Piece.Broken("does not answer as a node does: " + strange.getMessage());
    }
  }

  private Piece handRecords(HttpResponse<InputStream> answer, BufferedReader lines)
      throws IOException, InterruptedException {
    logId = answer.headers().firstValue("Log-Id").orElse(null);
    shown = answer.headers().firstValueAsLong("Log-Index").orElse(0);
    String line = lines.readLine();
    while (line != null) {
      hand(new Piece.Line(FullRecord.parse(line)));
      line = lines.readLine();
    }
    return new Piece.End();
  }

  private static Piece refused(HttpResponse<InputStream> answer, BufferedReader lines) {
    String body = lines.lines().limit(MAX_REFUSAL_LINES).collect(Collectors.joining("\n"));
    return new Piece.Broken(Http.message(answer.statusCode(), body));
  }

  private void hand(Piece piece) throws InterruptedException {
    pieces.put(piece);
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }
}
