package io.replog.connectors.headoffice;

import io.replog.connectors.log.LogClient;
import io.replog.connectors.log.LogPage;
import io.replog.connectors.log.ReadFailedException;
import io.replog.connectors.work.HaltedException;
import io.replog.connectors.work.Pass;

/// Brings the head office up to where the log is, a page a step.
final class TakeSales implements Pass {

  private static final int PAGE_ENTRIES = 500;

  private final LogClient log;
  private final HeadOfficeTables tables;
  private volatile long lastIndex;

  TakeSales(LogClient log, HeadOfficeTables tables) {
    this.log = log;
    this.tables = tables;
  }

  /// Where the log was when it was last read, 0 before that.
  long lastIndex() {
    return lastIndex;
  }

  @Override
  public boolean step() {
    Position position = tables.position();
    LogPage page = read(position);
    position.require(page);
    lastIndex = page.lastIndex();
    tables.apply(page);
    return !page.records().isEmpty() && page.records().getLast().index() < page.lastIndex();
  }

  private LogPage read(Position position) {
    try {
      return log.read(position.nextIndex(), PAGE_ENTRIES);
    } catch (ReadFailedException failed) {
      throw failed.isReleased()
          ? new HaltedException(
              "the log no longer keeps what follows #%d: the head office cannot be brought up to date from it (%s)"
                  .formatted(position.appliedIndex(), failed.getMessage()))
          : failed;
    }
  }
}
