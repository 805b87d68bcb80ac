package io.replog.replication;

import io.replog.model.Entry;
import io.replog.model.Position;

/// The node's own log, for looking up what was written earlier. Reads only; never changes an answer
/// once given.
public interface LogView {

  /// The position of the entry at `index`; [Position#START] for 0.
  ///
  /// @param index 0 to the last written index
  Position positionAt(long index);

  /// The entry at `index`.
  ///
  /// @param index 1 to the last written index
  Entry entryAt(long index);
}
