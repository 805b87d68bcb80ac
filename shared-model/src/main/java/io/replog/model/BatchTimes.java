package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How long a batch took at a follower, measured there: durations, since the clocks of two nodes
/// cannot be compared.
///
/// JSON: `{"held_us":2000150,"forced_us":940}`
///
/// @param heldMicros from the arrival at the follower's core until the batch was handed to its log:
///   the artificial delay, as a rule
/// @param forcedMicros from then until it was durable
public record BatchTimes(
    @JsonProperty("held_us") long heldMicros, @JsonProperty("forced_us") long forcedMicros) {}
