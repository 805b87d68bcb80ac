package io.replog.openapi;

import io.replog.model.Envelope;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the handlers of one path and method say of it, together: they differ in what they consume.
final class Operation {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String JSON_TYPE = "application/json";

  private final List<Method> handlers;
  private final Words words;
  private final Schemas answered;
  private final Schemas sent;

  Operation(List<Method> handlers, Words words, Schemas answered, Schemas sent) {
    this.handlers = List.copyOf(handlers);
    this.words = words;
    this.answered = answered;
    this.sent = sent;
  }

  static boolean readsBody(Method handler) {
    return handler.isAnnotationPresent(Sends.class) || handler.isAnnotationPresent(Sends.All.class);
  }

  static boolean returnsEnvelope(Method handler) {
    return handler.getReturnType() == Envelope.class;
  }

  void addTo(ObjectNode operation) {
    List<Comment> comments = handlers.stream().map(words::of).toList();
    operation.put("summary", comments.getFirst().summary());
    operation.put("description", description(comments));
    ArrayNode parameters = JSON.arrayNode();
    all(Takes.class).map(Operation::parameter).forEach(parameters::add);
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (handlers.stream().anyMatch(Operation::readsBody)) {
      operation.set("requestBody", requestBody());
    }
  }

  /// The good answers, by status.
  void addAnswersTo(ObjectNode responses) {
    Map<Integer, Map<Gives, Method>> byStatus = new TreeMap<>();
    for (Method handler : handlers) {
      for (Gives answer : handler.getAnnotationsByType(Gives.class)) {
        byStatus.computeIfAbsent(answer.status(), _ -> new LinkedHashMap<>()).put(answer, handler);
      }
    }
    byStatus.forEach((status, answers) -> responses.set(status.toString(), response(answers)));
  }

  private static String description(List<Comment> comments) {
    return Stream.concat(
            Stream.of(comments.getFirst().description()),
            comments.stream().skip(1).map(Comment::text))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private <A extends java.lang.annotation.Annotation> Stream<A> all(Class<A> type) {
    return handlers.stream().flatMap(handler -> Arrays.stream(handler.getAnnotationsByType(type)));
  }

  private static ObjectNode parameter(Takes takes) {
    ObjectNode parameter = JSON.objectNode();
    parameter.put("name", takes.name());
    parameter.put("in", takes.in().name().toLowerCase(Locale.ROOT));
    parameter.put("description", takes.says());
    parameter.put("required", takes.in() == Takes.Place.PATH);
    ObjectNode schema = Schemas.of(takes.allowed());
    if (!takes.otherwise().isEmpty()) {
      schema.set("default", value(takes.otherwise(), schema));
    }
    parameter.set("schema", schema);
    if (!takes.example().isEmpty()) {
      parameter.set("example", value(takes.example(), schema));
    }
    return parameter;
  }

  private static JsonNode value(String text, ObjectNode schema) {
    boolean number = schema.path("type").asString("").equals("integer");
    return number ? JSON.numberNode(Long.parseLong(text)) : JSON.stringNode(text);
  }

  private ObjectNode requestBody() {
    ObjectNode body = JSON.objectNode().put("required", true);
    ObjectNode content = body.putObject("content");
    all(Sends.class)
        .forEach(
            sends -> {
              ObjectNode media = content.putObject(sends.type());
              form(media, sends.type(), sent.of(sends.form()));
              media.set("example", example(sends.type(), sends.example()));
            });
    return body;
  }

  private ObjectNode response(Map<Gives, Method> answers) {
    ObjectNode response = JSON.objectNode();
    response.put(
        "description",
        answers.keySet().stream().map(Gives::says).distinct().collect(Collectors.joining(" ")));
    addHeaders(response, answers.keySet().stream().map(each -> List.of(each.headers())).toList());
    ObjectNode content = JSON.objectNode();
    answers.forEach(
        (answer, handler) -> {
          if (!answer.type().isEmpty()) {
            addContent(content, answer, schema(answer, handler));
          }
        });
    if (!content.isEmpty()) {
      response.set("content", content);
    }
    return response;
  }

  /// Two forms of one media type stand beside each other.
  private static void addContent(ObjectNode content, Gives answer, ObjectNode schema) {
    ObjectNode media = content.withObjectProperty(answer.type());
    if (media.has("schema")) {
      JsonNode first = media.get("schema");
      media.putObject("schema").putArray("anyOf").add(first).add(schema);
    } else {
      form(media, answer.type(), schema);
    }
    if (!answer.example().isEmpty()) {
      ObjectNode examples = media.withObjectProperty("examples");
      examples
          .putObject("example-" + (examples.size() + 1))
          .set("value", example(answer.type(), answer.example()));
    }
  }

  /// Of what is sent one after the other OpenAPI 3.1 knows no schema of the parts: that of 3.2 is
  /// given as an extension.
  private static void form(ObjectNode media, String type, ObjectNode schema) {
    if (type.endsWith("json") && !type.equals("application/x-ndjson")) {
      media.set("schema", schema);
    } else {
      media.putObject("schema").put("type", "string");
      if (schema.has("$ref")) {
        media.set("x-itemSchema", schema);
      }
    }
  }

  private static JsonNode example(String type, String text) {
    return type.equals(JSON_TYPE) ? MAPPER.readTree(text) : JSON.stringNode(text);
  }

  private ObjectNode schema(Gives answer, Method handler) {
    if (answer.body() == Object.class) {
      return JSON.objectNode().put("type", "object");
    }
    return answer.body() == Gives.class
        ? envelope(answer, data(answer, handler))
        : answered.of(answer.body());
  }

  private ObjectNode data(Gives answer, Method handler) {
    if (answer.data() != Gives.class) {
      ObjectNode data = answered.of(answer.data());
      return answer.list() ? Schemas.listOf(data) : data;
    }
    AnnotatedType returned = handler.getAnnotatedReturnType();
    if (returned instanceof AnnotatedParameterizedType envelope && returnsEnvelope(handler)) {
      return answered.of(envelope.getAnnotatedActualTypeArguments()[0]);
    }
    throw new IllegalArgumentException("nobody says what is in the answer of " + handler);
  }

  private static ObjectNode envelope(Gives answer, ObjectNode data) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    schema.putArray("required").add("status_code").add("message").add("data");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("status_code").put("const", answer.status());
    properties
        .putObject("message")
        .put("type", "string")
        .put("description", "one sentence for people");
    properties.set("data", data);
    return schema;
  }

  /// Headers of answers that share a status; one that not all have that name some may be absent.
  static void addHeaders(ObjectNode response, List<List<AnswerHeader>> headers) {
    List<AnswerHeader> all = headers.stream().flatMap(List::stream).distinct().sorted().toList();
    if (!all.isEmpty()) {
      ObjectNode described = response.putObject("headers");
      all.forEach(
          header -> {
            boolean everywhere =
                headers.stream().allMatch(each -> each.isEmpty() || each.contains(header));
            described.set(header.field(), header(header, everywhere && header.isAlways()));
          });
    }
  }

  private static ObjectNode header(AnswerHeader header, boolean required) {
    ObjectNode described = JSON.objectNode();
    described.put("description", header.meaning()).put("required", required);
    ObjectNode schema = described.putObject("schema");
    if (header.isNumber()) {
      schema.put("type", "integer").put("format", "int64");
    } else {
      schema.put("type", "string");
    }
    return described;
  }
}
