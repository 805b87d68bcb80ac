package io.replog.openapi;

import io.replog.node.security.Area;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The document of one node: who it is, its operations, who may call them, its forms.
final class Document {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String BEARER = "apiKey";
  private static final String TOKEN = "clusterToken";

  private final Words words;
  private final String node;
  private final String version;
  private final Components components = new Components();
  private final Map<String, ObjectNode> responses = new TreeMap<>();
  private final Schemas answered;
  private final Schemas sent;
  private final Refusals refusals;

  /// @param node `master` or `follower`
  Document(Words words, String node, String version) {
    this.words = words;
    this.node = node;
    this.version = version;
    this.answered = new Schemas(words, false, components);
    this.sent = new Schemas(words, true, components);
    this.refusals = new Refusals(answered, responses);
  }

  /// @param handlers in the order in which they are to stand
  ObjectNode of(List<Handler> handlers) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document.set("info", info());
    document.putArray("servers").addObject().put("url", "/").put("description", "this node");
    document.set("tags", tags());
    document.set("paths", paths(handlers));
    ObjectNode parts = document.putObject("components");
    parts.putObject("schemas").setAll(components.schemas());
    parts.putObject("responses").setAll(responses);
    parts.set("securitySchemes", securitySchemes());
    return document;
  }

  private ObjectNode info() {
    ObjectNode info = JSON.objectNode();
    info.put("title", "replog " + node).put("version", version);
    info.put(
        "description",
        "A durable log with one master and any number of followers. Every good answer is an"
            + " envelope, every other one a problem of RFC 9457 that is an envelope too. Clients"
            + " ignore fields, headers and parameters that they do not know: there may be more.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    return info;
  }

  private ArrayNode tags() {
    ArrayNode tags = JSON.arrayNode();
    for (Area area : Area.values()) {
      tags.addObject().put("name", tag(area)).put("description", words.of(area).text());
    }
    return tags;
  }

  private static String tag(Area area) {
    return area.name().toLowerCase(Locale.ROOT);
  }

  private ObjectNode paths(List<Handler> handlers) {
    Map<String, Map<String, List<Method>>> grouped =
        handlers.stream()
            .collect(
                Collectors.groupingBy(
                    Handler::path,
                    LinkedHashMap::new,
                    Collectors.groupingBy(
                        Handler::verb,
                        LinkedHashMap::new,
                        Collectors.mapping(Handler::method, Collectors.toList()))));
    ObjectNode paths = JSON.objectNode();
    grouped.forEach(
        (path, verbs) ->
            verbs.forEach(
                (verb, methods) ->
                    paths.withObjectProperty(path).set(verb, operation(path, verb, methods))));
    return paths;
  }

  private ObjectNode operation(String path, String verb, List<Method> methods) {
    Area area = Area.of(path);
    ObjectNode operation = JSON.objectNode().put("operationId", id(path, verb));
    operation.putArray("tags").add(tag(area));
    Operation described = new Operation(methods, words, answered, sent);
    described.addTo(operation);
    ObjectNode answers = operation.putObject("responses");
    described.addAnswersTo(answers);
    refusals.addTo(answers, path, methods);
    operation.set("security", security(area));
    return operation;
  }

  private static String id(String path, String verb) {
    return verb
        + Arrays.stream((path.equals("/") ? "index" : path).split("\\W+"))
            .filter(part -> !part.isEmpty())
            .map(StringUtils::capitalize)
            .collect(Collectors.joining());
  }

  /// Any one of these opens a path; an empty one means that nothing is needed, as long as keys are
  /// off.
  private static ArrayNode security(Area area) {
    ArrayNode any = JSON.arrayNode();
    Stream<String> schemes =
        switch (area) {
          case PROBES -> Stream.of();
          case NODES -> Stream.of(TOKEN);
          case OPERATORS -> Stream.of(TOKEN, BEARER);
          case CLIENTS -> Stream.of("", BEARER);
        };
    schemes.forEach(
        scheme -> {
          ObjectNode one = any.addObject();
          if (!scheme.isEmpty()) {
            one.putArray(scheme);
          }
        });
    return any;
  }

  private static ObjectNode securitySchemes() {
    ObjectNode schemes = JSON.objectNode();
    schemes
        .putObject(BEARER)
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            "description",
            "The key of a client, where API_KEYS_FILE is set. A reader may read, a writer may add"
                + " too, an admin may do what operators do.");
    schemes
        .putObject(TOKEN)
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "Cluster-Token")
        .put("description", "The secret that the nodes share; replog token prints it.");
    return schemes;
  }
}
