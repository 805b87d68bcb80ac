package io.replog.system.history;

import java.util.List;

/// The log of one node after everything has come to rest.
///
/// @param node name of the node
/// @param records in the order of the node
public record FinalLog(String node, List<Line> records) {

  public FinalLog {
    records = List.copyOf(records);
  }

  /// One record as `view=full` shows it.
  public record Line(long index, long epoch, String text) {}
}
