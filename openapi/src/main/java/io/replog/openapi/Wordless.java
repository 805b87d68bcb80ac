package io.replog.openapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a document names and does not explain: a doc comment is missing then.
public final class Wordless {

  private Wordless() {}

  /// Fields without a description, operations without a summary.
  public static List<String> in(JsonNode document) {
    List<String> found = new ArrayList<>();
    document
        .at("/components/schemas")
        .forEachEntry((form, schema) -> addFields(form, schema.path("properties"), found));
    document.get("paths").forEachEntry((path, verbs) -> addOperations(path, verbs, found));
    return found;
  }

  private static void addFields(String form, JsonNode fields, List<String> found) {
    fields.forEachEntry(
        (name, field) -> {
          if (!field.has("description")) {
            found.add(form + "." + name);
          }
        });
  }

  private static void addOperations(String path, JsonNode verbs, List<String> found) {
    verbs.forEachEntry(
        (verb, operation) -> {
          if (operation.get("summary").asString().isEmpty()) {
            found.add(verb + " " + path);
          }
        });
  }
}
