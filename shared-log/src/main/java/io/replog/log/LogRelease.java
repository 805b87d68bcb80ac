package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;

/// Lets a log begin further behind: the only place where entries are ever deleted. In this order,
/// so that the next start tells segments that were released from segments that are lost:
///
/// 1. The new base goes to the meta file: temporary file, force, rename, force of the directory.
/// 2. Readers are told; who reads an older file that is open reads on to its end.
/// 3. The files are deleted, and the directory is forced. A start that finds some of them still
///    there deletes them.
final class LogRelease {

  private final LogFiles files;
  private final Path directory;
  private final MetaStore meta;
  private final Segments segments;
  private final Seals seals;

  LogRelease(LogFiles files, Path directory, MetaStore meta, Segments segments) {
    this.files = files;
    this.directory = directory;
    this.meta = meta;
    this.segments = segments;
    this.seals = new Seals(files, directory);
  }

  /// The entry before the first one kept.
  Position base() {
    return segments.base();
  }

  /// Where the log would begin if nothing behind `index` were given up.
  Position boundary(long index) {
    return segments.boundary(index);
  }

  /// Lets the log begin behind `base`. May be repeated after it has thrown.
  void run(String logId, Position base) throws IOException {
    meta.save(meta.meta().withBase(new Base(logId, base)));
    for (Segment released : segments.beginBehind(base)) {
      files.deleteIfExists(released.path());
      seals.delete(released.path());
    }
    ForceFailedException.forceDirectory(files, directory);
  }
}
