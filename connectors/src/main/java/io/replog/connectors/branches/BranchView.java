package io.replog.connectors.branches;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.connectors.work.WorkView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A branch at one moment.
///
/// JSON: `{"name":"lviv","work":{…},"pending":0,"refused":0,"sales":17,
/// "last_seen":"2026-11-20T19:01:00Z","line_up":true}`
///
/// @param pending sales that are still to be sent, null while the branch is away
/// @param refused sales that the log will not take as they are, null while the branch is away
/// @param sales all sales of the branch, null while it is away
/// @param lastSeen when its database last answered, null when it never did
/// @param lineUp false when its line was cut by hand
@JsonPropertyOrder({"name", "work", "pending", "refused", "sales", "last_seen", "line_up"})
record BranchView(
    @JsonProperty("name") String name,
    @JsonProperty("work") WorkView work,
    @JsonProperty("pending") @Nullable Long pending,
    @JsonProperty("refused") @Nullable Long refused,
    @JsonProperty("sales") @Nullable Long sales,
    @JsonProperty("last_seen") @Nullable Instant lastSeen,
    @JsonProperty("line_up") boolean lineUp) {}
