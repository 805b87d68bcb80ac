package io.replog.node.messages;

import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.node.security.ScopedKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// How one message is written as JSON; [RecordWriter] writes the same for many.
///
/// Full: `{"index":7,"epoch":3,"timestamp":"2026-11-20T19:01:00.123Z","key":null,"text":"m7"}`, and
/// behind the text `"kind":"transaction"` where it is no message.
final class Records {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Records() {}

  /// A writer for answers. When an answer fails nothing is closed behind its back, so that half an
  /// answer never looks like a whole one.
  static ObjectWriter writer(JsonMapper json) {
    return json.writer()
        .withoutFeatures(
            StreamWriteFeature.AUTO_CLOSE_CONTENT,
            StreamWriteFeature.AUTO_CLOSE_TARGET,
            StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
  }

  static void full(JsonGenerator json, Entry entry) {
    json.writeStartObject();
    fullFields(json, entry);
    json.writeEndObject();
  }

  /// The fields of a full record, inside of an object that was begun.
  static void fullFields(JsonGenerator json, Entry entry) {
    json.writeNumberProperty("index", entry.index());
    json.writeNumberProperty("epoch", entry.epoch());
    json.writeStringProperty("timestamp", timestamp(entry.timestampMillis()));
    String key = ScopedKey.asSent(entry.key());
    if (key == null) {
      json.writeNullProperty("key");
    } else {
      json.writeStringProperty("key", key);
    }
    json.writeStringProperty("text", entry.text());
    if (entry.kind() != EntryKind.MESSAGE) {
      json.writeStringProperty("kind", entry.kind().word());
    }
  }

  static String timestamp(long millis) {
    return MILLIS.format(Instant.ofEpochMilli(millis));
  }
}
