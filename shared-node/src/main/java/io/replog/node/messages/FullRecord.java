package io.replog.node.messages;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.Entry;
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
@JsonPropertyOrder({"index", "epoch", "timestamp", "key", "text"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record FullRecord(
    @JsonProperty("index") long index,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("timestamp") String timestamp,
    @JsonProperty("key") @Nullable String key,
    @JsonProperty("text") String text) {

  public static FullRecord of(Entry entry) {
    return new FullRecord(
        entry.index(),
        entry.epoch(),
        Records.timestamp(entry.timestampMillis()),
        ScopedKey.asSent(entry.key()),
        entry.text());
  }
}
