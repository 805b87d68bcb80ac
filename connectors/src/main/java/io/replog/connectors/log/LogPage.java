package io.replog.connectors.log;

import java.util.List;

/// What one read gave: all of one log, whatever was at that address before.
///
/// @param logId identity of the log; an index means something together with it only
/// @param lastIndex last index that a majority holds, 0 when there is none
/// @param records without a gap, from the index that was asked for; empty beyond the end
public record LogPage(String logId, long lastIndex, List<LogRecord> records) {

  public LogPage {
    records = List.copyOf(records);
  }
}
