package io.replog.node.log;

import io.replog.model.Position;
import io.replog.model.Promise;

/// What a core hears of its log, in order. Unless said otherwise on the thread that writes the log,
/// and then it must not block.
public interface LogEvents {

  /// Everything up to `index` is durable, and shown to readers already.
  void durable(long index);

  /// The promise is on disk.
  void promisePersisted(Promise promise);

  /// What was up to `base` is deleted.
  void released(Position base);

  /// The log has failed for good; the process is about to end.
  void failed(String error);

  /// What was filled into a hole does not join what stands behind it; nothing can be appended.
  void doesNotJoin(String what);

  /// The log is about to be closed and opened anew. When this returns, the core that used it does
  /// nothing more and everybody who waited for it has an answer. On a thread of its own; may block.
  void closing(String why);

  /// The log is open again, [NodeLog#recovery] says how: it is for a new core. On the thread of
  /// [#closing].
  void reopened();

  /// The disk has run out of its reserve, or has room again.
  void full(boolean full);
}
