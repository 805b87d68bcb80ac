package io.replog.system.kit;

import io.replog.system.kit.ApiDocument.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A conversation with a node about its document: says whatever that calls valid and whatever it
/// calls invalid, and judges every answer.
public final class ApiConversation {

  private static final byte[] NOTHING = {};
  private static final Duration EVENT_LIMIT = Duration.ofSeconds(240);

  private final NodeClient stranger;
  private final NodeClient node;
  private final ApiDocument document;
  private final List<String> contradictions = new ArrayList<>();
  private final Set<String> answeredWell = new TreeSet<>();

  /// With a node of the cluster, about what it is said to do.
  public ApiConversation(TestCluster cluster, String node, JsonNode document) {
    this.stranger = cluster.client(node);
    this.node = stranger.saying("Cluster-Token", cluster.nodes().token());
    this.document = new ApiDocument(document);
  }

  public ApiDocument document() {
    return document;
  }

  /// What was answered otherwise than described, or taken although it is called invalid.
  public List<String> contradictions() {
    return contradictions;
  }

  /// Operations that have given a good answer.
  public Set<String> answeredWell() {
    return answeredWell;
  }

  /// Says everything to every operation.
  public ApiConversation all() {
    document.operations().forEach(this::all);
    return this;
  }

  private void all(Operation operation) {
    if (isEndless(operation)) {
      judge(operation, firstEvent(operation));
      return;
    }
    say(operation, path(operation), "Accept", "application/json");
    say(operation, path(operation), "Accept", "image/png");
    say(stranger, operation);
    say(node.saying("Cluster-Token", "wrong"), operation);
    operation.parameters("query").forEach(parameter -> allValues(operation, parameter));
    operation.parameters("header").forEach(parameter -> allHeaders(operation, parameter));
    operation.parameters("path").forEach(parameter -> allPaths(operation, parameter));
    operation.json().at("/requestBody/content").propertyNames().forEach(t -> bodies(operation, t));
  }

  private static boolean isEndless(Operation operation) {
    JsonNode content = operation.json().at("/responses/200/content");
    return content.size() == 1 && content.has("text/event-stream");
  }

  /// The first event, which comes within [#EVENT_LIMIT].
  private Reply firstEvent(Operation operation) {
    return firstEvent(operation, path(operation));
  }

  /// Reads the first event of an operation that has other answers too.
  public void sayAndReadAnEvent(Operation operation, String path, String... headers) {
    judge(operation, firstEvent(operation, path, headers));
  }

  private Reply firstEvent(Operation operation, String path, String... headers) {
    return CompletableFuture.supplyAsync(
            () -> readEvent(operation, path, headers), Thread::startVirtualThread)
        .orTimeout(EVENT_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private Reply readEvent(Operation operation, String path, String... headers) {
    HttpResponse<InputStream> answer = node.open(path, headers);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String data =
          lines
              .lines()
              .filter(line -> line.startsWith("data: "))
              .findFirst()
              .orElseThrow(() -> new AssertionError(operation + " ended without an event"));
      return new Reply(
          answer.statusCode(),
          answer.headers(),
          data.getBytes(StandardCharsets.UTF_8),
          Duration.ZERO);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void say(NodeClient other, Operation operation) {
    judge(operation, other.send(verb(operation), path(operation), body(operation)));
  }

  private void allValues(Operation operation, JsonNode parameter) {
    String name = parameter.get("name").asString();
    for (String value : valid(parameter)) {
      say(operation, path(operation) + "?" + name + "=" + encoded(value));
    }
    for (String value : invalid(parameter)) {
      refused(operation, path(operation) + "?" + name + "=" + encoded(value));
    }
    say(operation, path(operation) + "?" + name + "=1&" + name + "=2");
  }

  private void allHeaders(Operation operation, JsonNode parameter) {
    String name = parameter.get("name").asString();
    valid(parameter).forEach(value -> say(operation, path(operation), name, value));
    invalid(parameter).forEach(value -> refused(operation, path(operation), name, value));
  }

  private void allPaths(Operation operation, JsonNode parameter) {
    String place = "{" + parameter.get("name").asString() + "}";
    valid(parameter)
        .forEach(value -> say(operation, operation.path().replace(place, encoded(value))));
    invalid(parameter)
        .forEach(value -> refused(operation, operation.path().replace(place, encoded(value))));
    say(operation, operation.path().replace(place, "nothing-like-that"));
  }

  private void bodies(Operation operation, String type) {
    String example = example(operation, type);
    for (String body : List.of(example, "{", "[]", "null", "{\"data\":5}", "")) {
      Reply reply = send(operation, body, type);
      judge(operation, reply);
      if (body.equals("{") && reply.status() < 400) {
        contradictions.add(operation + " takes a body that is no JSON");
      }
    }
    Reply other = send(operation, example, "text/html");
    judge(operation, other);
    if (other.status() != 415) {
      contradictions.add(operation + " takes text/html");
    }
  }

  private Reply send(Operation operation, String body, String type) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return node.send(verb(operation), path(operation), bytes, "Content-Type", type);
  }

  /// Some parameters are read beside bodies of one media type only.
  private void refused(Operation operation, String path, String... headers) {
    List<Integer> statuses = new ArrayList<>();
    statuses.add(status(operation, path, body(operation), headers));
    for (String type : operation.json().at("/requestBody/content").propertyNames()) {
      byte[] body = example(operation, type).getBytes(StandardCharsets.UTF_8);
      String[] all =
          Stream.concat(Stream.of("Content-Type", type), Stream.of(headers)).toArray(String[]::new);
      statuses.add(status(operation, path, body, all));
    }
    if (statuses.stream().noneMatch(status -> status >= 300)) {
      contradictions.add(
          "%s takes %s %s, which is called invalid".formatted(operation, path, List.of(headers)));
    }
  }

  private int status(Operation operation, String path, byte[] body, String... headers) {
    Reply reply = node.send(verb(operation), path, body, headers);
    judge(operation, reply);
    return reply.status();
  }

  /// One request for an operation; its answer is judged like all others.
  public void say(Operation operation, String path, String... headers) {
    judge(operation, node.send(verb(operation), path, body(operation), headers));
  }

  private void judge(Operation operation, Reply reply) {
    contradictions.addAll(document.contradictions(operation, reply));
    if (reply.status() < 400) {
      answeredWell.add(operation.toString());
    }
  }

  private static String verb(Operation operation) {
    return operation.verb().toUpperCase(Locale.ROOT);
  }

  private static String path(Operation operation) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path").toList()) {
      path = path.replace("{" + parameter.get("name").asString() + "}", text(parameter, "example"));
    }
    return path;
  }

  private static byte[] body(Operation operation) {
    boolean sends = operation.json().has("requestBody");
    return sends
        ? example(operation, "application/json").getBytes(StandardCharsets.UTF_8)
        : NOTHING;
  }

  private static String example(Operation operation, String type) {
    JsonNode example = operation.json().at("/requestBody/content").get(type).get("example");
    return example.isString() ? example.asString() : example.toString();
  }

  private static String text(JsonNode holder, String field) {
    return holder.path(field).asString("");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static List<String> valid(JsonNode parameter) {
    List<String> values = new ArrayList<>();
    JsonNode schema = parameter.get("schema");
    for (JsonNode each : alternatives(schema)) {
      each.path("enum").forEach(word -> values.add(word.asString()));
      if (each.has("maximum")) {
        values.add(text(each, "minimum"));
      }
    }
    if (parameter.has("example")) {
      values.add(text(parameter, "example"));
    }
    if (schema.has("default")) {
      values.add(text(schema, "default"));
    }
    return values;
  }

  private static List<String> invalid(JsonNode parameter) {
    List<String> values = new ArrayList<>();
    for (JsonNode each : alternatives(parameter.get("schema"))) {
      if (each.has("minimum")) {
        values.add(Long.toString(each.get("minimum").asLong() - 1));
        values.add("1.5");
      }
      if (each.has("maximum")) {
        values.add(Long.toString(each.get("maximum").asLong() + 1));
      }
      if (each.has("enum") || each.has("pattern")) {
        values.add("no such word");
      }
    }
    return values;
  }

  private static List<JsonNode> alternatives(JsonNode schema) {
    return schema.has("anyOf") ? schema.get("anyOf").valueStream().toList() : List.of(schema);
  }
}
