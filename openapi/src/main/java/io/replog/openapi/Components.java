package io.replog.openapi;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of a document that have a name, each of one class.
final class Components {

  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();

  /// Makes the schema of a class, unless that was done or is being done.
  ///
  /// @throws IllegalStateException if another class has this name
  void put(String name, Class<?> type, Supplier<ObjectNode> schema) {
    Class<?> first = classes.putIfAbsent(name, type);
    if (first == null) {
      schemas.put(name, schema.get());
    } else if (first != type) {
      throw new IllegalStateException(
          "the schema %s cannot be of both %s and %s".formatted(name, first, type));
    }
  }

  /// By name.
  Map<String, ObjectNode> schemas() {
    return schemas;
  }
}
