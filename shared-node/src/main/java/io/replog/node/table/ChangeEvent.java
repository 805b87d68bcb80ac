package io.replog.node.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// The data of one event of the table's live tail; the event is called `inserted` or `updated`.
///
/// JSON: `{"index":7,"key":"49","value":"53","old_value":null}`
///
/// @param index of the entry whose transaction has done it
/// @param key the key
/// @param value what it is worth from there on
/// @param oldValue what it was worth before, null = there was no such key
@JsonPropertyOrder({"index", "key", "value", "old_value"})
record ChangeEvent(
    @JsonProperty("index") long index,
    @JsonProperty("key") String key,
    @JsonProperty("value") String value,
    @JsonProperty("old_value") @Nullable String oldValue) {}
