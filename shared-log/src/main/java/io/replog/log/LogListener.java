package io.replog.log;

import io.replog.model.Position;
import io.replog.model.Promise;
import java.io.IOException;

/// Hears what the log has done. Every method is called on the log writer's thread, one at a time,
/// in the order of the events; it must not block and must not throw, since nothing is written
/// meanwhile.
public interface LogListener {

  /// Everything up to `index` is durable, or with another `FSYNC` than `always`: written.
  void durable(long index);

  /// The promise is on disk and will be there at the next start.
  void promisePersisted(Promise promise);

  /// The log has failed: nothing is written or forced any more in this process. Called once. What
  /// was appended and not yet reported durable may or may not be there at the next start.
  void failed(IOException cause);

  /// A hole was filled to its last index, and the chain does not lead on to what stands behind it:
  /// one of the two is of another log. The end stays before the last entry filled in, nothing is
  /// thrown away, and nothing can be appended any more. Called at most once.
  default void doesNotJoin(Hole hole, String reason) {}

  /// What was up to `base` was released and is not in the log any more.
  default void released(Position base) {}

  /// One force has covered so many entries and bytes, and took so long.
  default void forced(int entries, long bytes, long nanos) {}

  /// `true`: the disk refused a write for lack of room. Nothing is lost: what was appended waits,
  /// and is written as soon as there is room; then `false`.
  default void full(boolean full) {}
}
