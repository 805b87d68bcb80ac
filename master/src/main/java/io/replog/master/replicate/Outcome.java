package io.replog.master.replicate;

import io.replog.model.RefusalReason;
import io.replog.model.Standing;

/// How a request to a follower ended. Loss is an outcome like any other.
sealed interface Outcome {

  /// The follower answered as asked.
  record Acknowledged(Standing standing) implements Outcome {}

  /// The follower understood and said no.
  record Refused(RefusalReason reason, Standing standing) implements Outcome {}

  /// No usable answer; the request may or may not have arrived.
  ///
  /// @param error a few words for people, on one line
  record Failed(FailureKind kind, String error) implements Outcome {}
}
