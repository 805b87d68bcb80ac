package io.replog.connectors.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replog.model.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A log of one node in memory that keeps the contract as far as the connectors use it: keys,
/// order, definite refusals. On demand it appends and then breaks the connection, as a node does
/// that is killed, or refuses.
public final class FakeLog implements AutoCloseable {

  /// What it keeps of one entry.
  public record Held(String key, String text) {}

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LARGE = 100_000;

  private final HttpServer server;
  private final List<Held> entries = new ArrayList<>();
  private final Map<String, Long> byKey = new HashMap<>();
  private String id = "log-1";
  private int answersToDrop;
  private int statusOfAll;
  private int shown = Integer.MAX_VALUE;
  private int statusOfAdds;
  private int statusOfEach;
  private int requests;
  private int reads;
  private Predicate<String> poison = _ -> false;

  public FakeLog() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/add", this::add);
    server.createContext("/messages", this::read);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized List<Held> entries() {
    return List.copyOf(entries);
  }

  /// How many adds came, of one message or of many.
  public synchronized int requests() {
    return requests;
  }

  /// Appends what the next so many adds bring, and breaks their connections without an answer.
  public synchronized void dropAnswers(int count) {
    answersToDrop = count;
  }

  /// How many reads came.
  public synchronized int reads() {
    return reads;
  }

  /// Answers every add with this status from now on, and does nothing; 0 ends that.
  public synchronized void refuseAdds(int status) {
    statusOfAdds = status;
  }

  /// Answers everything with this status from now on, and does nothing; 0 ends that.
  public synchronized void refuseAll(int status) {
    statusOfAll = status;
  }

  /// Answers every add of one message with this status from now on, and does nothing; 0 ends that.
  public synchronized void refuseEachWith(int status) {
    statusOfEach = status;
  }

  /// Refuses such texts with `413`.
  public synchronized void refuseTexts(Predicate<String> which) {
    poison = which;
  }

  /// From now on it is another log, and empty.
  public synchronized void replace(String newId) {
    id = newId;
    entries.clear();
    byKey.clear();
  }

  /// Shows only the first so many entries from now on, as a follower that lags does.
  public synchronized void lagAt(int shownEntries) {
    shown = shownEntries;
  }

  /// Appends a message of somebody else.
  public synchronized void append(@Nullable String key, String text) {
    entries.add(new Held(String.valueOf(key), text));
  }

  private synchronized void add(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests++;
    if (statusOfAll != 0 || statusOfAdds != 0) {
      answer(exchange, Math.max(statusOfAll, statusOfAdds), 0, "refused by the test");
      return;
    }
    boolean lines =
        "application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!lines && statusOfEach != 0) {
      answer(exchange, statusOfEach, 0, "refused by the test");
      return;
    }
    List<Held> wanted = new ArrayList<>();
    if (lines) {
      body.lines()
          .map(JSON::readTree)
          .forEach(line -> wanted.add(held(line, line.path("key").asString())));
    } else {
      wanted.add(
          held(JSON.readTree(body), exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    }
    appendAll(exchange, wanted);
  }

  private static Held held(JsonNode message, String key) {
    return new Held(key, message.path("data").asString());
  }

  private void appendAll(HttpExchange exchange, List<Held> wanted) throws IOException {
    long last = 0;
    boolean some = false;
    for (Held message : wanted) {
      int refusal = refusal(message);
      if (refusal != 0) {
        answer(exchange, some ? 504 : refusal, 0, "this one cannot be taken");
        return;
      }
      last = Math.max(last, index(message));
      some = true;
    }
    if (answersToDrop > 0) {
      answersToDrop--;
      exchange.close();
      return;
    }
    answer(exchange, 200, last, "Message added successfully");
  }

  private int refusal(Held message) {
    if (poison.test(message.text()) || message.text().length() > LARGE) {
      return 413;
    }
    Long index = byKey.get(message.key());
    boolean other = index != null && !entries.get((int) (index - 1)).text().equals(message.text());
    return other ? 422 : 0;
  }

  private long index(Held message) {
    return byKey.computeIfAbsent(
        message.key(),
        _ -> {
          entries.add(message);
          return (long) entries.size();
        });
  }

  private synchronized void read(HttpExchange exchange) throws IOException {
    reads++;
    if (statusOfAll != 0) {
      answer(exchange, statusOfAll, 0, "refused by the test");
      return;
    }
    int end = Math.min(shown, entries.size());
    long from = parameter(exchange, "from");
    long limit = parameter(exchange, "limit");
    StringBuilder lines = new StringBuilder();
    for (long index = from; index < from + limit && index <= end; index++) {
      Held entry = entries.get((int) (index - 1));
      Map<String, Object> line = new HashMap<>();
      line.put("index", index);
      line.put("epoch", 1);
      line.put("timestamp", "2026-11-20T19:01:00.123Z");
      line.put("key", entry.key());
      line.put("text", entry.text());
      lines.append(JSON.writeValueAsString(line)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Log-Id", id);
    exchange.getResponseHeaders().set("Log-Index", Integer.toString(end));
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static long parameter(HttpExchange exchange, String name) {
    Matcher matcher =
        Pattern.compile("(?:^|&)" + name + "=(\\d+)").matcher(exchange.getRequestURI().getQuery());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static void answer(HttpExchange exchange, int status, long index, String message)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(new Envelope<>(status, message, null));
    if (index > 0) {
      exchange.getResponseHeaders().set("Log-Index", Long.toString(index));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
