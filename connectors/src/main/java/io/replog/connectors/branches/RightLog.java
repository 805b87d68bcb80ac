package io.replog.connectors.branches;

import io.replog.connectors.log.LogClient;
import io.replog.connectors.work.HaltedException;
import java.util.Optional;

/// Sees to it that all sales of a branch are in one log: in another one they would be missed, and
/// nobody would send them again.
final class RightLog {

  private final String branch;
  private final Outbox outbox;
  private final LogClient log;
  private final Optional<String> accepted;

  /// @param accepted identity of a log that every sale may be sent to anew
  RightLog(String branch, Outbox outbox, LogClient log, Optional<String> accepted) {
    this.branch = branch;
    this.outbox = outbox;
    this.log = log;
    this.accepted = accepted;
  }

  /// Identity of the log, if it is that of the sales which were sent before.
  ///
  /// @throws HaltedException if it is another one
  String require() {
    String found = log.logId();
    Sent sent = outbox.sent();
    if (sent.logId() != null && !sent.logId().equals(found)) {
      change(sent, found);
    }
    return found;
  }

  private void change(Sent sent, String found) {
    if (accepted.filter(found::equals).isEmpty()) {
      throw new HaltedException(
          "branch %s has sent its sales to log %s, and LOG_URL leads to log %s: set LOG_URL to the cluster of the first; or, to send all of them again, to the second, set BRANCHES_ACCEPT_LOG=%s"
              .formatted(branch, sent.logId(), found, found));
    }
    outbox.beginAnew(found);
  }
}
