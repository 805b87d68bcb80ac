package io.replog.openapi;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/// The operations that a running node has mapped, to be compared with those of its document.
public final class ServedOperations {

  private ServedOperations() {}

  /// Such as `GET /messages`, of every mapping but that of errors.
  public static Set<String> of(Collection<RequestMappingInfoHandlerMapping> node) {
    return node.stream()
        .flatMap(mappings -> mappings.getHandlerMethods().keySet().stream())
        .flatMap(
            mapping ->
                mapping.getPatternValues().stream()
                    .filter(path -> !path.equals("/error"))
                    .map(path -> methods(mapping) + " " + path))
        .map(operation -> operation.replace("/health/**", "/health/{group}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The same of a document.
  public static Set<String> in(JsonNode document) {
    Set<String> operations = new TreeSet<>();
    document
        .get("paths")
        .forEachEntry(
            (path, item) ->
                item.propertyNames()
                    .forEach(verb -> operations.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
    return operations;
  }

  private static String methods(RequestMappingInfo mapping) {
    return mapping.getMethodsCondition().getMethods().stream()
        .map(method -> method.asHttpMethod().name())
        .sorted()
        .collect(Collectors.joining(","));
  }
}
