package io.replog.master.replicate;

import io.replog.node.call.LossKind;
import io.replog.replication.master.SendFailure;
import java.util.Locale;

/// Why there was no usable answer. Also a label of metrics, so the set is closed and small.
enum FailureKind {
  /// No connection.
  UNREACHABLE,
  /// The connection broke.
  BROKEN,
  /// Nothing, or not all of it, within the time.
  TIMEOUT,
  /// Answered with a status that is neither an acknowledgement nor a refusal.
  STATUS,
  /// The answer cannot be understood.
  MALFORMED,
  /// The answer has more bytes than were expected at most.
  TOO_LARGE,
  /// Not tried: the breaker of this follower is open.
  BREAKER_OPEN,
  /// The batch could not be read from the own log.
  UNREADABLE;

  static FailureKind of(LossKind loss) {
    return switch (loss) {
      case UNREACHABLE -> UNREACHABLE;
      case BROKEN -> BROKEN;
      case TIMEOUT -> TIMEOUT;
      case TOO_LARGE -> TOO_LARGE;
    };
  }

  /// What the core needs to know of it.
  SendFailure forCore() {
    return switch (this) {
      case UNREACHABLE, BROKEN, TIMEOUT -> SendFailure.UNREACHED;
      case STATUS, MALFORMED, TOO_LARGE, UNREADABLE -> SendFailure.FAILED;
      case BREAKER_OPEN -> SendFailure.NOT_TRIED;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
