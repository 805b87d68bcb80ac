package io.replog.node.json;

import io.replog.model.EntryKind;
import io.replog.model.WireEntry;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/// Writes an entry between nodes as its annotations say, without looking at them each time.
final class WireEntryWriter extends StdSerializer<WireEntry> {

  private static final SerializedString EPOCH = new SerializedString("epoch");
  private static final SerializedString TIMESTAMP = new SerializedString("timestamp_ms");
  private static final SerializedString KEY = new SerializedString("key");
  private static final SerializedString TEXT = new SerializedString("text");
  private static final SerializedString KIND = new SerializedString("kind");

  WireEntryWriter() {
    super(WireEntry.class);
  }

  @Override
  public void serialize(WireEntry entry, JsonGenerator json, SerializationContext context) {
    json.writeStartObject();
    json.writeName(EPOCH);
    json.writeNumber(entry.epoch());
    json.writeName(TIMESTAMP);
    json.writeNumber(entry.timestampMillis());
    json.writeName(KEY);
    json.writeString(entry.key());
    json.writeName(TEXT);
    json.writeString(entry.text());
    EntryKind kind = entry.kind();
    if (kind != null) {
      json.writeName(KIND);
      json.writeString(kind.word());
    }
    json.writeEndObject();
  }
}
