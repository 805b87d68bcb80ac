package io.replog.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A doc comment, taken apart.
///
/// @param paragraphs of the text, each on one line
/// @param parameters what stands behind `@param`, by name
/// @param see simple names of types behind `@see`, which have the words that are missing here
record Comment(List<String> paragraphs, Map<String, String> parameters, List<String> see) {

  static final Comment NONE = new Comment(List.of(), Map.of(), List.of());

  /// The convention of this project for showing a record in a doc comment.
  private static final Pattern JSON = Pattern.compile("JSON:\\s*`([^`…]*)`.*");

  private static final Pattern TAG = Pattern.compile("@(\\w+)\\s*(.*)");
  private static final Pattern REFERENCE = Pattern.compile("\\[([\\w.#]+)](?!\\()");

  Comment {
    paragraphs = List.copyOf(paragraphs);
    parameters = Map.copyOf(parameters);
    see = List.copyOf(see);
  }

  static Comment parse(String raw) {
    String[] parts = raw.strip().split("(?m)^\\s*(?=@\\w)");
    boolean begins = raw.stripLeading().startsWith("@");
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> see = new ArrayList<>();
    for (int part = begins ? 0 : 1; part < parts.length; part++) {
      addTag(oneLine(parts[part]), parameters, see);
    }
    return new Comment(
        begins ? List.of() : Stream.of(parts[0].split("\\n\\s*\\n")).map(Comment::oneLine).toList(),
        parameters,
        see);
  }

  /// The first paragraph, without its full stop.
  String summary() {
    return paragraphs.isEmpty() ? "" : paragraphs.getFirst().replaceFirst("\\.$", "");
  }

  /// The other paragraphs.
  String description() {
    return prose().skip(1).collect(Collectors.joining("\n\n"));
  }

  /// All of it.
  String text() {
    return prose().collect(Collectors.joining("\n\n"));
  }

  /// What it shows as an example, empty if it shows nothing whole.
  String example() {
    return paragraphs.stream()
        .map(JSON::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElse("");
  }

  private Stream<String> prose() {
    return paragraphs.stream().filter(paragraph -> !paragraph.startsWith("JSON:"));
  }

  private static void addTag(String line, Map<String, String> parameters, List<String> see) {
    Matcher tag = TAG.matcher(line);
    if (!tag.matches()) {
      return;
    }
    String[] nameAndText = tag.group(2).split(" ", 2);
    switch (tag.group(1)) {
      case "param" -> parameters.put(nameAndText[0], nameAndText.length == 2 ? nameAndText[1] : "");
      case "see" -> see.add(nameAndText[0]);
      default -> {}
    }
  }

  private static String oneLine(String lines) {
    return REFERENCE
        .matcher(lines.strip().replaceAll("\\s*\\n\\s*", " "))
        .replaceAll(reference -> "`" + lastWord(reference.group(1)) + "`");
  }

  private static String lastWord(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
  }
}
