package io.replog.node.log;

import java.util.function.Consumer;

/// Whether the disk counts as full: it has refused a write, or its reserve is touched. Two
/// observers on two threads tell; only a change of the whole is passed on, in order.
final class FullDisk {

  private final Consumer<Boolean> changed;
  private boolean writeRefused;
  private boolean reserveUsed;

  /// @param changed told of every change, false at first; must not block
  FullDisk(Consumer<Boolean> changed) {
    this.changed = changed;
  }

  /// The disk has refused a write for lack of room, or has taken one again.
  synchronized void writeRefused(boolean refused) {
    boolean before = full();
    writeRefused = refused;
    report(before);
  }

  /// There is less room than the reserve, or more.
  synchronized void reserveUsed(boolean used) {
    boolean before = full();
    reserveUsed = used;
    report(before);
  }

  private boolean full() {
    return writeRefused || reserveUsed;
  }

  private void report(boolean before) {
    if (before != full()) {
      changed.accept(full());
    }
  }
}
