package io.replog.connectors.headoffice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.connectors.work.WorkView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The head office at one moment.
///
/// JSON: `{"work":{…},"log_id":"…","applied_index":40,"log_index":42,"sales":38,"dead_letters":1,
/// "last_seen":"2026-11-20T19:01:00Z"}`
///
/// @param logId which log it holds, null before the first entry and while it is away
/// @param appliedIndex up to where it holds it, null while it is away
/// @param logIndex up to where a majority of the nodes held the log when it was last read
/// @param sales of all branches, null while it is away
/// @param deadLetters entries that were put aside, null while it is away
/// @param lastSeen when its database last answered, null when it never did
@JsonPropertyOrder({
  "work",
  "log_id",
  "applied_index",
  "log_index",
  "sales",
  "dead_letters",
  "last_seen"
})
public record HeadOfficeView(
    @JsonProperty("work") WorkView work,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("applied_index") @Nullable Long appliedIndex,
    @JsonProperty("log_index") long logIndex,
    @JsonProperty("sales") @Nullable Long sales,
    @JsonProperty("dead_letters") @Nullable Long deadLetters,
    @JsonProperty("last_seen") @Nullable Instant lastSeen) {}
