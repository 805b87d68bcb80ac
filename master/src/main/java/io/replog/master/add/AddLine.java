package io.replog.master.add;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.api.Allowed;
import org.jspecify.annotations.Nullable;

/// What one line of a bulk add may hold, as [AddRequestReader#message] reads it.
///
/// JSON: `{"data":"m1","key":"k1"}`
///
/// @param data the message, as in a single add
/// @param key what a single add has in `Idempotency-Key`, null for none
record AddLine(
    @JsonProperty("data") String data,
    @JsonProperty("key") @Allowed(pattern = "[!-~]{1,128}") @Nullable String key) {}
