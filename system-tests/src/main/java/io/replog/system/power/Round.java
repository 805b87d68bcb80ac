package io.replog.system.power;

import java.nio.file.Path;

/// Disks with something on them that writes, for a couple of cuts; so that nothing grows without
/// end in a long run.
interface Round extends AutoCloseable {

  /// Cuts power somewhere, brings it back, and judges what is on the disks.
  ///
  /// @return what was cut and what was there, for people
  /// @throws LostException if something that was acknowledged is gone
  String cut();

  /// Judges everything once more, at rest.
  ///
  /// @throws LostException if a promise was broken
  void finish();

  /// Instead of [#close]: leaves the images of the disks, to look at.
  ///
  /// @return where they are
  Path keep();

  @Override
  void close();
}
