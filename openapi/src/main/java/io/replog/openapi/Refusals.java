package io.replog.openapi;

import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Refuses;
import io.replog.node.problem.Problem;
import io.replog.node.problem.ProblemType;
import io.replog.node.security.Area;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an operation may refuse: what every one may, what follows from its path and its body, and
/// what its handlers name.
final class Refusals {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Schemas schemas;
  private final Map<String, ObjectNode> components;

  /// @param components where the usual refusals are put, by the last part of their type
  Refusals(Schemas schemas, Map<String, ObjectNode> components) {
    this.schemas = schemas;
    this.components = components;
  }

  /// One way to be refused.
  private record Way(ProblemType type, Class<?> data, String says, List<AnswerHeader> headers) {

    static Way of(ProblemType type) {
      return new Way(type, Object.class, type.explanation(), headersOf(type));
    }

    private static List<AnswerHeader> headersOf(ProblemType type) {
      return switch (type) {
        case UNAUTHORIZED -> List.of(AnswerHeader.WWW_AUTHENTICATE);
        case UNAVAILABLE, TOO_MANY_REQUESTS -> List.of(AnswerHeader.RETRY_AFTER);
        default -> List.of();
      };
    }
  }

  /// The refusals of one operation, by status.
  ///
  /// @param handlers all that share path and method
  void addTo(ObjectNode responses, String path, List<Method> handlers) {
    Map<Integer, Set<Way>> ways = new TreeMap<>();
    for (ProblemType type : unasked(Area.of(path), handlers)) {
      add(ways, Way.of(type));
    }
    handlers.stream()
        .flatMap(handler -> Arrays.stream(handler.getAnnotationsByType(Refuses.class)))
        .forEach(refuses -> addNamed(ways, refuses));
    ways.forEach((status, of) -> responses.set(status.toString(), response(status, of)));
  }

  private static List<ProblemType> unasked(Area area, List<Method> handlers) {
    List<ProblemType> types = new ArrayList<>();
    types.add(ProblemType.BAD_REQUEST);
    types.add(ProblemType.FORBIDDEN);
    types.add(ProblemType.INTERNAL_ERROR);
    if (area != Area.PROBES) {
      types.add(ProblemType.UNAUTHORIZED);
    }
    if (handlers.stream().anyMatch(Operation::readsBody)) {
      types.add(ProblemType.REQUEST_TIMEOUT);
      types.add(ProblemType.TOO_LARGE);
      types.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }
    if (handlers.stream().anyMatch(Operation::returnsEnvelope)) {
      types.add(ProblemType.NOT_ACCEPTABLE);
    }
    return types;
  }

  private static void addNamed(Map<Integer, Set<Way>> ways, Refuses refuses) {
    for (ProblemType type : refuses.value()) {
      Way plain = Way.of(type);
      List<AnswerHeader> headers = new ArrayList<>(plain.headers());
      headers.addAll(List.of(refuses.headers()));
      String says = refuses.says().isEmpty() ? plain.says() : refuses.says();
      add(ways, new Way(type, refuses.data(), says, headers));
    }
  }

  private static void add(Map<Integer, Set<Way>> ways, Way way) {
    ways.computeIfAbsent(way.type().status(), _ -> new LinkedHashSet<>()).add(way);
  }

  /// A refusal of which an operation has nothing of its own to say stands in the document once.
  private ObjectNode response(int status, Set<Way> ways) {
    Way first = ways.iterator().next();
    if (ways.size() > 1 || !first.equals(Way.of(first.type()))) {
      return written(status, ways);
    }
    String name = first.type().slug();
    components.computeIfAbsent(name, _ -> written(status, ways));
    return JSON.objectNode().put("$ref", "#/components/responses/" + name);
  }

  private ObjectNode written(int status, Set<Way> ways) {
    ObjectNode response = JSON.objectNode();
    response.put(
        "description", ways.stream().map(Way::says).distinct().collect(Collectors.joining(" ")));
    List<List<AnswerHeader>> headers = ways.stream().map(Way::headers).toList();
    Operation.addHeaders(response, headers);
    ObjectNode content = response.putObject("content");
    content.putObject("application/problem+json").set("schema", schema(status, ways));
    content.putObject("application/json").set("schema", schema(status, ways));
    return response;
  }

  private ObjectNode schema(int status, Set<Way> ways) {
    ObjectNode schema = JSON.objectNode();
    ArrayNode all = schema.putArray("allOf");
    all.add(schemas.of(Problem.class));
    ObjectNode narrower = all.addObject().putObject("properties");
    ArrayNode types = narrower.putObject("type").putArray("enum");
    ways.stream().map(way -> way.type().uri()).distinct().forEach(types::add);
    narrower.putObject("status").put("const", status);
    narrower.putObject("status_code").put("const", status);
    narrower.set("data", data(ways));
    return schema;
  }

  private ObjectNode data(Set<Way> ways) {
    ObjectNode data = JSON.objectNode();
    ArrayNode any = data.putArray("anyOf");
    any.addObject().put("type", "null");
    ways.stream().map(Way::data).distinct().map(this::data).forEach(any::add);
    return data;
  }

  private ObjectNode data(Class<?> type) {
    if (type != Object.class) {
      return schemas.of(type);
    }
    ObjectNode any = JSON.objectNode().put("type", "object");
    any.putObject("properties")
        .putObject("reason")
        .put("type", "string")
        .put("description", "a word for machines");
    return any;
  }
}
