package io.replog.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.node.api.Allowed;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// A schema is what Jackson makes of the same record.
class SchemasTest {

  /// How it is.
  enum Mood {
    /// Very well.
    @JsonProperty("good")
    GOOD,
    BAD
  }

  /// A part.
  record Part(@JsonProperty("part_of") String whole) {}

  /// A whole.
  ///
  /// @param left may be absent
  record Whole(
      @JsonUnwrapped Part part,
      @JsonProperty("left") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long left,
      @JsonProperty("mood") @Nullable Mood mood,
      @JsonProperty("parts") List<Part> parts,
      @JsonProperty("w")
          @Allowed(
              least = 1,
              words = {"all"})
          @Nullable Object concern) {}

  private final Components components = new Components();

  @Test
  void followsNamesNullsAndWords() throws Exception {
    Words words = Words.of(List.of(Path.of("src/test/java")));

    new Schemas(words, false, components).of(Whole.class);

    assertThat(components.schemas().get("Whole"))
        .hasToString(
            new JsonMapper()
                .readTree(
                    """
                    {"type":"object","description":"A whole.",
                     "required":["part_of","mood","parts","w"],
                     "properties":{
                      "part_of":{"type":"string"},
                      "left":{"type":"integer","format":"int64","description":"may be absent"},
                      "mood":{"anyOf":[{"$ref":"#/components/schemas/Mood"},{"type":"null"}]},
                      "parts":{"type":"array","items":{"$ref":"#/components/schemas/Part"}},
                      "w":{"anyOf":[{"type":"integer","format":"int64","minimum":1},
                                    {"type":"string","enum":["all"]}]}}}
                    """)
                .toString());
    assertThat(components.schemas().get("Mood").get("description").asString())
        .isEqualTo("How it is.\n- `good`: Very well.\n- `BAD`: ");
    assertThat(components.schemas().get("Mood").get("enum").toString())
        .isEqualTo("[\"good\",\"BAD\"]");
  }

  @Test
  void letsSendersLeaveOutWhatMayBeNull() throws Exception {
    new Schemas(Words.of(List.of(Path.of("src/test/java"))), true, components).of(Whole.class);

    assertThat(components.schemas().get("WholeSent").get("required").toString())
        .isEqualTo("[\"part_of\",\"parts\"]");
  }

  /// Has a record of a name that another one has.
  private static final class Elsewhere {

    record Whole(@JsonProperty("other") String other) {}
  }

  @Test
  void refusesTwoRecordsOfOneName() throws Exception {
    Schemas schemas = new Schemas(Words.of(List.of(Path.of("src/test/java"))), false, components);
    schemas.of(Whole.class);
    schemas.of(Whole.class);

    assertThatThrownBy(() -> schemas.of(Elsewhere.Whole.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Whole.class.getName())
        .hasMessageContaining(Elsewhere.Whole.class.getName());
  }
}
