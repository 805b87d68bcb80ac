package io.replog.node.messages;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.node.security.ScopedKey;
import org.jspecify.annotations.Nullable;

/// One message as `view=full` has it, for those who read it from other nodes. Two are equal when
/// the nodes hold the same.
///
/// JSON: `{"index":7,"epoch":3,"timestamp":"2026-11-20T19:01:00.123Z","key":null,"text":"m7"}`
///
/// @param index its place in the log, from 1
/// @param epoch epoch in which it was accepted
/// @param timestamp wall clock of the master at the append, ISO 8601
/// @param key idempotency key that it came with, null when it came without
/// @param text the message
/// @param kind what it is instead of a message; left out where it is one
@JsonPropertyOrder({"index", "epoch", "timestamp", "key", "text", "kind"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record FullRecord(
    @JsonProperty("index") long index,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("timestamp") String timestamp,
    @JsonProperty("key") @Nullable String key,
    @JsonProperty("text") String text,
    @JsonProperty("kind") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EntryKind kind) {

  public static FullRecord of(Entry entry) {
    return new FullRecord(
        entry.index(),
        entry.epoch(),
        Records.timestamp(entry.timestampMillis()),
        ScopedKey.asSent(entry.key()),
        entry.text(),
        entry.kind() == EntryKind.MESSAGE ? null : entry.kind());
  }
}
