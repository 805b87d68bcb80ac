package io.replog.replication.follower;

import io.replog.model.RefusalReason;
import io.replog.model.Standing;

/// What a follower says.
public sealed interface FollowerAnswer {

  /// Where the follower stands.
  Standing standing();

  /// Everything up to the standing's position is durable, the batch included; or the answer to a
  /// heartbeat; or a plain message that is in the log now, or was before.
  record Accepted(Standing standing) implements FollowerAnswer {}

  /// A plain message ahead of a gap is held in memory until the gap closes.
  record Held(Standing standing) implements FollowerAnswer {}

  /// Nothing was appended.
  ///
  /// @param detail one sentence for people
  record Refused(RefusalReason reason, String detail, Standing standing)
      implements FollowerAnswer {}

  /// What was sent has been handed to the log and is in it, or may be: indefinite. The sender asks
  /// again, here or after a restart.
  ///
  /// @param detail one sentence for people
  record Unknown(String detail, Standing standing) implements FollowerAnswer {}
}
