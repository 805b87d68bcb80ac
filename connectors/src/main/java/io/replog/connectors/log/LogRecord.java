package io.replog.connectors.log;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// One entry of the log, as nodes write it.
///
/// JSON: `{"index":7,"epoch":3,"timestamp":"2026-11-20T19:01:00.123Z","key":null,"text":"m7"}`
///
/// @param index its place, from 1
/// @param epoch epoch in which it was accepted
/// @param timestamp wall clock of the master at the append, ISO 8601
/// @param key idempotency key that it came with, null when it came without
/// @param text the message
/// @param kind what it is if it is no message, such as `transaction`; null for a message
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogRecord(
    @JsonProperty("index") long index,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("timestamp") String timestamp,
    @JsonProperty("key") @Nullable String key,
    @JsonProperty("text") String text,
    @JsonProperty("kind") @Nullable String kind) {

  /// A message.
  public LogRecord(long index, long epoch, String timestamp, @Nullable String key, String text) {
    this(index, epoch, timestamp, key, text, null);
  }
}
