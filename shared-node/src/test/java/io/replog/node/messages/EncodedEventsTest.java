package io.replog.node.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.node.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EncodedEventsTest {

  private final EncodedEvents events =
      new EncodedEvents(Records.writer(StrictJson.mapper(1 << 20)));

  private static Entry entry(long index, long chain, String text) {
    return new Entry(index, 3, 0, null, text, chain);
  }

  @Test
  void writesTheWholeEvent() {
    assertThat(new String(events.of(entry(7, 1, "é\n")), StandardCharsets.UTF_8))
        .isEqualTo(
            "id: 7\ndata: {\"index\":7,\"epoch\":3,\"timestamp\":\"1970-01-01T00:00:00.000Z\","
                + "\"key\":null,\"text\":\"é\\n\"}\n\n");
  }

  @Test
  void encodesOnceWhatManyWant() {
    byte[] first = events.of(entry(7, 1, "m"));

    assertThat(events.of(entry(7, 1, "m"))).isSameAs(first);
  }

  @Test
  void neverGivesWhatAnotherEntryOfTheSameIndexWas() {
    events.of(entry(7, 1, "before"));

    assertThat(new String(events.of(entry(7, 2, "after")), StandardCharsets.UTF_8))
        .contains("after");
  }

  @Test
  void keepsTheNewestAndNothingLarge() {
    Entry large = entry(1, 1, "x".repeat(EncodedEvents.MAX_KEPT_BYTES));
    byte[] newest = events.of(entry(7L + EncodedEvents.SLOTS, 2, "new"));

    events.of(entry(7, 1, "old"));

    assertThat(events.of(entry(7L + EncodedEvents.SLOTS, 2, "new"))).isSameAs(newest);
    assertThat(events.of(large)).isNotSameAs(events.of(large));
  }
}
