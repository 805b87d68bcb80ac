package io.replog.node.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.log.RawEntry;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.node.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;

class RecordWriterTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final List<String> WORDS =
      List.of(
          "m", "\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "é", "€", "🜁", "\u2028", "/", " ");

  private static RawEntry raw(Entry entry) {
    byte[] key = entry.key() == null ? new byte[0] : entry.key().getBytes(StandardCharsets.UTF_8);
    byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
    int attributes = entry.kind().attributesLength();
    ByteBuffer bytes = ByteBuffer.allocate(3 + attributes + key.length + text.length);
    bytes.position(3).put(entry.kind().attributes()).put(key).put(text);
    return new RawEntry(
        entry.index(),
        entry.epoch(),
        entry.timestampMillis(),
        entry.chain(),
        bytes.array(),
        3,
        attributes,
        entry.key() == null ? -1 : key.length,
        text.length);
  }

  private static Entry entry(long millis, @Nullable String key, String text) {
    return new Entry(7, 3, millis, key, text, 0);
  }

  private static String written(Entry entry, boolean full) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordWriter writer = new RecordWriter(out);
    if (full) {
      writer.full(raw(entry));
    } else {
      writer.plain(raw(entry));
    }
    writer.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String byJackson(Entry entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Records.writer(StrictJson.mapper(1 << 20)).createGenerator(out)) {
      Records.full(json, entry);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesBothForms() throws IOException {
    Entry entry = entry(1_795_201_260_123L, "k\"1", "a\nb");

    assertThat(written(entry, false)).isEqualTo("{\"text\":\"a\\nb\"}");
    assertThat(written(entry, true)).isEqualTo(byJackson(entry)).contains("\"key\":\"k\\\"1\"");
  }

  @Test
  void namesTheKindOfWhatIsNoMessage() throws IOException {
    Entry entry = new Entry(7, 3, 0, EntryKind.TRANSACTION, "k", "b, r(1), c", 0);

    assertThat(written(entry, true))
        .isEqualTo(byJackson(entry))
        .endsWith("\"key\":\"k\",\"text\":\"b, r(1), c\",\"kind\":\"transaction\"}");
    assertThat(written(entry, false)).isEqualTo("{\"text\":\"b, r(1), c\"}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000, -1, -1_000, 253_402_300_799_999L})
  void writesAnyTimestampAsBefore(long millis) throws IOException {
    Entry entry = entry(millis, null, "m");

    assertThat(written(entry, true)).isEqualTo(byJackson(entry));
  }

  @Test
  void writesTextsLongerThanItsBuffer() throws IOException {
    Entry entry = entry(1, null, "é\"".repeat(100_000));

    assertThat(written(entry, true)).isEqualTo(byJackson(entry));
    Entry unescaped = entry(1, null, "x".repeat(200_000));
    assertThat(written(unescaped, true)).isEqualTo(byJackson(unescaped));
  }

  @Test
  void writesTheSameAsJacksonWhateverTheText() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      Entry entry =
          entry(random.nextLong(1L << 42), random.nextBoolean() ? "k" : null, text.toString());

      assertThat(written(entry, true)).isEqualTo(byJackson(entry));
    }
  }
}
