package io.replog.connectors.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A [Worker] at one moment.
///
/// JSON: `{"state":"OFFLINE","reason":"branch lviv is offline (…)","automatic":true,
/// "interval_ms":5000,"last_success":"2026-11-20T19:01:00Z","failures":3,"next_attempt_ms":1200}`
///
/// @param state what it is doing
/// @param reason why the last try failed, null when it did not
/// @param automatic whether it works by itself
/// @param intervalMillis pause between two passes
/// @param lastSuccess end of the last pass that went well
/// @param failures tries in a row that failed
/// @param nextAttemptMillis when it goes on by itself, null when it does not
@JsonPropertyOrder({
  "state",
  "reason",
  "automatic",
  "interval_ms",
  "last_success",
  "failures",
  "next_attempt_ms"
})
public record WorkView(
    @JsonProperty("state") WorkState state,
    @JsonProperty("reason") @Nullable String reason,
    @JsonProperty("automatic") boolean automatic,
    @JsonProperty("interval_ms") long intervalMillis,
    @JsonProperty("last_success") @Nullable Instant lastSuccess,
    @JsonProperty("failures") int failures,
    @JsonProperty("next_attempt_ms") @Nullable Long nextAttemptMillis) {}
