package io.replog.log;

import java.io.Closeable;

/// A data directory that belongs to this process until closed.
@FunctionalInterface
interface DirectoryHold extends Closeable {

  /// Whether what is found under the directory's name is still what was taken hold of. Not so when
  /// it was removed, replaced or unmounted meanwhile.
  default boolean isInPlace() {
    return true;
  }
}
