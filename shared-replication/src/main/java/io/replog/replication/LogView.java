package io.replog.replication;

import io.replog.model.Entry;
import io.replog.model.Position;

/// The node's own log, for looking up what was written earlier. Reads only; never changes an answer
/// once given.
public interface LogView {

  /// The position of the entry at `index`; [Position#START] for 0.
  ///
  /// @param index the index of [#base] to the last written index
  Position positionAt(long index);

  /// The entry before the first one kept; [Position#START] when all are. Never falls.
  default Position base() {
    return Position.START;
  }

  /// The entry at `index`.
  ///
  /// @param index behind [#base], up to the last written index
  Entry entryAt(long index);
}
