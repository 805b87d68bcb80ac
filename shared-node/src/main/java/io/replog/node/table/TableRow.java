package io.replog.node.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.table.Row;

/// One key of the table.
///
/// JSON: `{"key":"49","value":"53","index":7}`
///
/// @param key the key
/// @param value what it is worth
/// @param index of the entry whose transaction gave it this value
@JsonPropertyOrder({"key", "value", "index"})
record TableRow(
    @JsonProperty("key") String key,
    @JsonProperty("value") String value,
    @JsonProperty("index") long index) {

  static TableRow of(Row row) {
    return new TableRow(row.key(), row.value(), row.index());
  }
}
