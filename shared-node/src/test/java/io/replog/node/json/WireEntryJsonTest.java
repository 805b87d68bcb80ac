package io.replog.node.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.replog.model.EntryKind;
import io.replog.model.WireEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class WireEntryJsonTest {

  private static final TypeReference<List<WireEntry>> ENTRIES = new TypeReference<>() {};

  private final JsonMapper json = StrictJson.mapper(1_000);

  @Test
  void readsWhatWasWritten() {
    Random random = new Random(7);
    List<WireEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      entries.add(
          new WireEntry(
              random.nextInt(5),
              random.nextLong(),
              random.nextBoolean() ? null : text(random),
              text(random),
              random.nextInt(4) == 0 ? EntryKind.TRANSACTION : null));
    }

    byte[] written = json.writeValueAsBytes(entries);

    assertThat(written).isEqualTo(new JsonMapper().writeValueAsBytes(entries));
    assertThat(json.readValue(written, ENTRIES)).isEqualTo(entries);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(20), 0, 0x11000)
        .filter(unit -> unit < 0xD800 || unit > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void takesFieldsInAnyOrderAndLeavesUnknownOnesAlone() {
    assertThat(
            json.readValue(
                "[{\"new\":[{\"text\":1}],\"text\":\"m\",\"key\":null,\"timestamp_ms\":2,\"epoch\":3}]",
                ENTRIES))
        .containsExactly(new WireEntry(3, 2, null, "m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[5]|[0]|is 5, it must be an object",
        "[{}]|[0].epoch|is missing",
        "[{'epoch':1}]|[0].timestamp_ms|is missing",
        "[{'epoch':1,'timestamp_ms':2}]|[0].text|is missing",
        "[{'epoch':1,'timestamp_ms':2,'text':null}]|[0].text|is null, it must be a string",
        "[{'epoch':1,'timestamp_ms':2,'text':5}]|[0].text|is 5, it must be a string",
        "[{'epoch':1,'timestamp_ms':2,'text':'a','key':[]}]|[0].key|is an array, it must be a"
            + " string",
        "[{'epoch':1,'timestamp_ms':2,'text':'\\ud800'}]|[0].text|has half of a surrogate pair",
        "[{'epoch':1,'timestamp_ms':2,'text':'a'},{'epoch':'1'}]|[1].epoch|is a string, it must be",
        "[{'epoch':1.5}]|[0].epoch|is 1.5, it must be an integer",
        "[{'epoch':9223372036854775808}]|[0].epoch|must be an integer from -9223372036854775808",
        "[{'epoch':null}]|[0].epoch|is null, it must be an integer",
        "[{'epoch':1,'kind':'other'}]|[0].kind|other",
        "[{'epoch':1,'epoch':1}]|[0]|Duplicate",
      })
  void saysWhatIsWrongAndWhere(String sent, String place, String words) {
    Throwable failure = catchThrowable(() -> json.readValue(sent.replace('\'', '"'), ENTRIES));

    assertThat(failure).isInstanceOf(JacksonException.class);
    assertThat(place((JacksonException) failure)).isEqualTo(place);
    assertThat(failure).hasMessageContaining(words);
  }

  private static String place(JacksonException failure) {
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      place.append(
          step.getPropertyName() == null
              ? "[" + step.getIndex() + "]"
              : "." + step.getPropertyName());
    }
    return place.toString();
  }
}
