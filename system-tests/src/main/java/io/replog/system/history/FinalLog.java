package io.replog.system.history;

import java.util.List;

/// The log of one node after everything has come to rest.
///
/// @param node name of the node
/// @param records in the order of the node
/// @param digest of all fields of all records; equal logs have equal ones
public record FinalLog(String node, List<Line> records, String digest) {

  public FinalLog {
    records = List.copyOf(records);
  }

  /// A log of which nothing is known but the records.
  public FinalLog(String node, List<Line> records) {
    this(node, records, "");
  }

  /// One record as `view=full` shows it.
  public record Line(long index, long epoch, String text) {}
}
