package io.replog.client.remote;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A full record as a node sends it: an entry without the chain, which the receiver computes.
///
/// JSON: `{"index":7,"epoch":3,"timestamp":"2026-11-20T19:01:00.123Z","key":null,"text":"m7"}`
///
/// @param index where the node says it stands
/// @param timestampMillis milliseconds since 1970
/// @param kind what it is, a message unless the node says otherwise
record FullRecord(
    long index,
    long epoch,
    long timestampMillis,
    EntryKind kind,
    @Nullable String key,
    String text) {

  /// Characters of the longest text that any setting of a node allows, with room to spare.
  private static final int MAX_TEXT_LENGTH = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_TEXT_LENGTH).build())
                  .build())
          .build();

  /// @throws IllegalArgumentException if the line is no full record
  static FullRecord parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      JsonNode key = json.required("key");
      return new FullRecord(
          json.required("index").longValue(),
          json.required("epoch").longValue(),
          Instant.parse(json.required("timestamp").stringValue()).toEpochMilli(),
          kind(json.path("kind").asString(EntryKind.MESSAGE.word())),
          key.isNull() ? null : key.stringValue(),
          json.required("text").stringValue());
    } catch (JacksonException | DateTimeException | ArithmeticException malformed) {
      throw new IllegalArgumentException("a line that is no full record", malformed);
    }
  }

  private static EntryKind kind(String word) {
    return Arrays.stream(EntryKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a kind that is not known here"));
  }

  /// The entry that this record is when it stands right behind `previous`. Its index is the one
  /// that follows, whatever the node says.
  Entry placedBehind(Position previous) {
    return Entry.after(previous, epoch, timestampMillis, kind, key, text);
  }
}
