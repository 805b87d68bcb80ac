package io.replog.system.kit;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document of a node as a judge: whether an answer is one that it describes. Clients
/// must ignore fields that they do not know; this judge does not, so that none stays undescribed.
public final class ApiDocument {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

  private final ObjectNode document;
  private final List<Operation> operations = new ArrayList<>();

  /// By the schema itself: two that are equal are compiled twice.
  private final Map<JsonNode, com.networknt.schema.Schema> compiled =
      Collections.synchronizedMap(new IdentityHashMap<>());

  public ApiDocument(JsonNode document) {
    this.document = (ObjectNode) document.deepCopy();
    close(this.document.get("components"));
    close(this.document.get("paths"));
    this.document
        .get("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEachEntry((verb, json) -> operations.add(Operation.of(verb, path, json))));
  }

  /// One operation.
  ///
  /// @param verb HTTP method in small letters
  /// @param path with parameters in braces
  /// @param requests what paths of requests for it look like
  public record Operation(String verb, String path, JsonNode json, Pattern requests) {

    private static Operation of(String verb, String path, JsonNode json) {
      return new Operation(verb, path, json, Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")));
    }

    private boolean matches(String method, String requested) {
      return verb.equalsIgnoreCase(method) && requests.matcher(requested).matches();
    }

    private boolean isExactly(String requested) {
      return path.equals(requested);
    }

    /// Its parameters of a place: `query`, `path`, `header`.
    public Stream<JsonNode> parameters(String place) {
      return json.path("parameters")
          .valueStream()
          .filter(p -> p.get("in").asString().equals(place));
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  /// Every operation, in the order of the document.
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /// The operation that a request is for, if there is one.
  ///
  /// @param path with or without a query
  public Optional<Operation> find(String method, String path) {
    String plain = path.split("\\?", 2)[0];
    List<Operation> found =
        operations.stream().filter(operation -> operation.matches(method, plain)).toList();
    return found.stream()
        .filter(operation -> operation.isExactly(plain))
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /// What in the answer to an operation is not as described, nothing if all is.
  public List<String> contradictions(Operation operation, Reply reply) {
    JsonNode named = operation.json().get("responses").get(Integer.toString(reply.status()));
    if (named == null) {
      return List.of("%s: status %d is not described".formatted(operation, reply.status()));
    }
    JsonNode response =
        named.has("$ref") ? document.at(named.get("$ref").asString().substring(1)) : named;
    return Stream.concat(headers(response, reply), body(response, reply))
        .map(what -> "%s, %d: %s".formatted(operation, reply.status(), what))
        .toList();
  }

  /// What in a value, such as an example, is not as a schema of the document says.
  public List<String> contradictions(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .toList();
  }

  private com.networknt.schema.Schema compile(JsonNode schema) {
    ObjectNode whole = document.objectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.get("components"));
    return SCHEMAS.getSchema(whole);
  }

  private static Stream<String> headers(JsonNode response, Reply reply) {
    List<String> wrong = new ArrayList<>();
    response
        .path("headers")
        .forEachEntry(
            (name, header) -> {
              String value = reply.header(name);
              boolean number = header.at("/schema/type").asString().equals("integer");
              if (value.isEmpty() && header.get("required").asBoolean()) {
                wrong.add("header " + name + " is missing");
              } else if (!value.isEmpty() && number && !value.matches("\\d+")) {
                wrong.add("header " + name + " is no number: " + value);
              }
            });
    return wrong.stream();
  }

  private Stream<String> body(JsonNode response, Reply reply) {
    JsonNode content = response.path("content");
    String type = reply.header("Content-Type").replaceFirst(";.*", "");
    if (content.isEmpty() || reply.bytes().length == 0) {
      return content.isEmpty() == (reply.bytes().length == 0)
          ? Stream.empty()
          : Stream.of("a body was %s".formatted(content.isEmpty() ? "not described" : "missing"));
    }
    JsonNode media = content.get(type);
    if (media == null) {
      return Stream.of("media type %s is not described".formatted(type));
    }
    return type.endsWith("json") && !type.equals("application/x-ndjson")
        ? contradictions(media.get("schema"), reply.json()).stream()
        : parts(type, reply).flatMap(part -> contradictionsOfPart(media, part));
  }

  private static Stream<String> parts(String type, Reply reply) {
    return switch (type) {
      case "application/x-ndjson" -> reply.text().lines();
      case "text/event-stream" ->
          reply.text().lines().filter(l -> l.startsWith("data: ")).map(l -> l.substring(6));
      default -> Stream.empty();
    };
  }

  private Stream<String> contradictionsOfPart(JsonNode media, String part) {
    return contradictions(media.get("x-itemSchema"), Json.parse(part)).stream();
  }

  /// From here on a record has no field beside those that are described.
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("properties") && object.has("required")) {
      object.put("additionalProperties", false);
    }
    node.values().forEach(ApiDocument::close);
  }
}
