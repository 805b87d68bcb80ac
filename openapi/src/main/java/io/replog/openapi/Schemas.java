package io.replog.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.node.api.Allowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of records, as Jackson reads or writes them. Records and enums become components.
final class Schemas {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Words words;

  /// Whether they are bodies that somebody sends: then a field that may be null may be left out.
  private final boolean sent;

  private final Components components;

  /// @param components where they are put
  Schemas(Words words, boolean sent, Components components) {
    this.words = words;
    this.sent = sent;
    this.components = components;
  }

  /// The schema of a class.
  ObjectNode of(Class<?> type) {
    if (type == Void.class) {
      return JSON.objectNode().put("type", "null");
    }
    if (type == Object.class) {
      return JSON.objectNode();
    }
    if (type.isRecord()) {
      return component(type, () -> ofRecord(type));
    }
    return type.isEnum() ? component(type, () -> ofEnum(type)) : simple(type);
  }

  /// The schema of a type with its arguments, and null where that is allowed.
  ObjectNode of(AnnotatedType type) {
    ObjectNode schema =
        type instanceof AnnotatedParameterizedType list
            ? listOf(of(list.getAnnotatedActualTypeArguments()[0]))
            : of((Class<?>) type.getType());
    return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  static ObjectNode listOf(ObjectNode items) {
    ObjectNode list = JSON.objectNode().put("type", "array");
    list.set("items", items);
    return list;
  }

  /// The schema of allowed values; null is not among them.
  static ObjectNode of(Allowed allowed) {
    ObjectNode number = number(allowed);
    ObjectNode word = word(allowed);
    if (number.isEmpty() || word.isEmpty()) {
      return number.isEmpty() ? word.put("type", "string") : number;
    }
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(number).add(word);
    return either;
  }

  private static ObjectNode number(Allowed allowed) {
    ObjectNode number = JSON.objectNode();
    if (allowed.least() != Long.MIN_VALUE || allowed.most() != Long.MAX_VALUE) {
      number.put("type", "integer").put("format", "int64").put("minimum", allowed.least());
    }
    return allowed.most() == Long.MAX_VALUE ? number : number.put("maximum", allowed.most());
  }

  private static ObjectNode word(Allowed allowed) {
    ObjectNode word = JSON.objectNode();
    if (allowed.words().length > 0) {
      ArrayNode all = word.put("type", "string").putArray("enum");
      Arrays.stream(allowed.words()).forEach(all::add);
    }
    if (!allowed.pattern().isEmpty()) {
      word.put("type", "string").put("pattern", "^(?:" + allowed.pattern() + ")$");
    }
    return word;
  }

  private static ObjectNode simple(Class<?> type) {
    ObjectNode schema = JSON.objectNode();
    return switch (type.getSimpleName()) {
      case "String" -> schema.put("type", "string");
      case "boolean", "Boolean" -> schema.put("type", "boolean");
      case "int", "Integer" -> schema.put("type", "integer").put("format", "int32");
      case "long", "Long" -> schema.put("type", "integer").put("format", "int64");
      case "double", "Double" -> schema.put("type", "number");
      default -> throw new IllegalArgumentException("no schema is known for " + type);
    };
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (schema.has("type") && !schema.has("enum")) {
      String type = schema.get("type").asString();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    ObjectNode either = JSON.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private ObjectNode component(Class<?> type, Supplier<ObjectNode> schema) {
    String name = name(type);
    components.put(name, type, schema);
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private String name(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    String whose = around != null && around.isRecord() ? around.getSimpleName() : "";
    return whose + type.getSimpleName() + (sent && type.isRecord() ? "Sent" : "");
  }

  private ObjectNode ofEnum(Class<?> type) {
    ObjectNode schema = JSON.objectNode();
    StringBuilder meaning = new StringBuilder(words.of(type).text());
    ArrayNode all = schema.put("type", "string").putArray("enum");
    for (Object constant : Objects.requireNonNull(type.getEnumConstants())) {
      String word = MAPPER.convertValue(constant, String.class);
      all.add(word);
      meaning.append("\n- `%s`: %s".formatted(word, words.of((Enum<?>) constant).text()));
    }
    return schema.put("description", meaning.toString());
  }

  private ObjectNode ofRecord(Class<?> type) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    Comment comment = words.of(type);
    describe(schema, comment.text());
    Map<String, ObjectNode> fields = new LinkedHashMap<>();
    ArrayNode required = JSON.arrayNode();
    addFields(type, fields, required);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.putObject("properties").setAll(fields);
    if (!comment.example().isEmpty()) {
      schema.putArray("examples").add(MAPPER.readTree(comment.example()));
    }
    return schema;
  }

  private void addFields(Class<?> type, Map<String, ObjectNode> fields, ArrayNode required) {
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      if (accessor.isAnnotationPresent(JsonUnwrapped.class)) {
        boolean mayLack = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        addFields(component.getType(), fields, mayLack ? JSON.arrayNode() : required);
      } else if (!accessor.isAnnotationPresent(JsonIgnore.class)) {
        ObjectNode field = field(type, component);
        describe(field, words.of(type, component.getName()));
        fields.put(fieldName(accessor), field);
        if (isRequired(type, component)) {
          required.add(fieldName(accessor));
        }
      }
    }
    computed(type)
        .forEach(
            getter -> {
              ObjectNode field = of(getter.getAnnotatedReturnType());
              describe(field, words.of(getter).text());
              fields.put(fieldName(getter), field);
              required.add(fieldName(getter));
            });
  }

  /// What a record writes beside its components.
  private static Stream<Method> computed(Class<?> type) {
    List<Method> accessors =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 0 && !accessors.contains(method))
        .filter(method -> method.isAnnotationPresent(JsonProperty.class));
  }

  private ObjectNode field(Class<?> type, RecordComponent component) {
    Allowed allowed = component.getAnnotation(Allowed.class);
    if (allowed != null) {
      return of(allowed);
    }
    AnnotatedType of = component.getAnnotatedType();
    boolean neverNull = !sent && isLeftOut(type, component);
    return neverNull && !(of instanceof AnnotatedParameterizedType)
        ? of(component.getType())
        : of(of);
  }

  private static boolean isLeftOut(Class<?> type, RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return nullable && (isLeftOut(component.getAccessor()) || isLeftOut(type));
  }

  private boolean isRequired(Class<?> type, RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (sent) {
      JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
      boolean asked = property != null && property.required();
      return asked || (!nullable && !component.getType().isPrimitive());
    }
    return !isLeftOut(type, component);
  }

  private static boolean isLeftOut(AnnotatedElement element) {
    JsonInclude include = element.getAnnotation(JsonInclude.class);
    return include != null && include.value() == JsonInclude.Include.NON_NULL;
  }

  private static String fieldName(Method accessor) {
    JsonProperty property = accessor.getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? accessor.getName() : property.value();
  }

  private static void describe(ObjectNode schema, String text) {
    if (!text.isEmpty()) {
      schema.put("description", text);
    }
  }
}
