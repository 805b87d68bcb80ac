package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.util.List;

/// What waits for the log writer, in the order in which it came.
sealed interface Command {

  /// Length of the texts and keys in it, bytes.
  long bytes();

  int entryCount();

  record Append(String logId, List<Entry> entries, long bytes) implements Command {
    @Override
    public int entryCount() {
      return entries.size();
    }
  }

  /// An empty log begins behind `base`.
  record Begin(String logId, Position base) implements Command {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public int entryCount() {
      return 0;
    }
  }

  record Pledge(Promise promise) implements Command {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public int entryCount() {
      return 0;
    }
  }
}
