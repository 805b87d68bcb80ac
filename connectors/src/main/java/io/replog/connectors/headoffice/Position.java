package io.replog.connectors.headoffice;

import io.replog.connectors.log.LogPage;
import io.replog.connectors.work.HaltedException;
import org.jspecify.annotations.Nullable;

/// Up to where the head office holds which log.
///
/// @param logId identity of the log, null before its first entry
/// @param appliedIndex last index whose entry was taken, put aside or found to be of others; 0 for
///   none
record Position(@Nullable String logId, long appliedIndex) {

  long nextIndex() {
    return appliedIndex + 1;
  }

  /// An index means something in its own log only: in another one, sales would be skipped.
  ///
  /// @throws HaltedException if `page` is of another log, or of one that lost its end
  void require(LogPage page) {
    if (logId != null && !logId.equals(page.logId())) {
      throw new HaltedException(
          "the head office holds log %s up to #%d, and LOG_URL leads to log %s: set LOG_URL to the cluster of that log, or HEAD_OFFICE_URL to an empty database"
              .formatted(logId, appliedIndex, page.logId()));
    }
    if (page.lastIndex() < appliedIndex) {
      throw new HaltedException(
          "the head office holds log %s up to #%d, and a majority of its nodes only up to #%d: it waits for the rest"
              .formatted(logId, appliedIndex, page.lastIndex()));
    }
  }
}
