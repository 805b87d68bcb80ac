package io.replog.replication.follower;

import io.replog.model.RefusalReason;

/// Why something is refused.
///
/// @param detail one sentence for people
record Refusal(RefusalReason reason, String detail) {}
