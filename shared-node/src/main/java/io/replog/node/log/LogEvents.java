package io.replog.node.log;

import io.replog.model.Promise;

/// What a core hears of its log, in order, on the thread that writes the log. Must not block.
public interface LogEvents {

  /// Everything up to `index` is durable, and shown to readers already.
  void durable(long index);

  /// The promise is on disk.
  void promisePersisted(Promise promise);

  /// The log has failed for good; the process is about to end.
  void failed(String error);

  /// A record inside the durable range turned out to be damaged. Told once in a process.
  default void corrupt(String what) {}

  /// The disk has run out of its reserve, or has room again.
  void full(boolean full);
}
