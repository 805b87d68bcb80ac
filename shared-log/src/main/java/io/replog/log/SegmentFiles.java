package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;

/// Makes segments: temporary file, content, zeros for what is to come, force, rename, force of the
/// directory. After a crash there is the whole segment or none.
final class SegmentFiles {

  /// Zeros are written ahead in pieces of this size, so that a force need not change the file's
  /// size or allocate.
  static final long PREALLOCATED_BYTES = 4L << 20;

  private static final String TEMPORARY = ".tmp";

  private final LogFiles files;
  private final Path directory;
  private final long pieceBytes;

  SegmentFiles(LogFiles files, LogOptions options) {
    this.files = files;
    this.directory = options.directory();
    this.pieceBytes = Math.min(PREALLOCATED_BYTES, options.segmentBytes());
  }

  /// An open segment and the offset up to which it is preallocated.
  record Open(LogFile file, long allocatedEnd) {}

  /// What is kept beside the segments.
  Seals seals() {
    return new Seals(files, directory);
  }

  Path path(long firstIndex) {
    return directory.resolve(SegmentHeader.fileName(firstIndex));
  }

  Open create(SegmentHeader header) throws IOException {
    return preallocated(
        path(header.firstIndex()), SegmentHeader.BYTES, file -> file.write(header.encode(), 0));
  }

  /// Puts a copy of the first `length` bytes in the place of a segment. What the page cache shows
  /// may never have reached the disk if the last process stopped at a failed force; what is written
  /// and forced anew has.
  Open rewrite(Path path, long length) throws IOException {
    try (LogFile old = files.openToRead(path)) {
      return preallocated(path, length, file -> Quarantine.copyBytes(old, 0, file, 0, length));
    }
  }

  /// Makes a segment of its own of a run, from the file that it stands in. Sealed: nothing is
  /// preallocated.
  void copyRun(Path from, Run run, SegmentHeader header) throws IOException {
    long bytes = run.to() - run.from();
    try (LogFile old = files.openToRead(from)) {
      make(
              path(header.firstIndex()),
              file -> {
                file.write(header.encode(), 0);
                Quarantine.copyBytes(old, run.from(), file, SegmentHeader.BYTES, bytes);
              })
          .close();
    }
  }

  Open reopen(Path path) throws IOException {
    LogFile file = files.open(path);
    return new Open(file, file.size());
  }

  /// See [Run#joins].
  boolean joins(Run run, Position previous) throws IOException {
    return run.joins(files, previous);
  }

  /// The segment, preallocated at least up to `needed`.
  Open grown(Open open, long needed) throws IOException {
    if (needed <= open.allocatedEnd()) {
      return open;
    }
    long end = roundedUp(needed);
    WholeFiles.zero(open.file(), open.allocatedEnd(), end);
    return new Open(open.file(), end);
  }

  void deleteTemporaryFiles() throws IOException {
    for (String name : files.list(directory)) {
      if (name.endsWith(".log" + TEMPORARY)) {
        files.deleteIfExists(directory.resolve(name));
      }
    }
  }

  private interface Content {
    void writeTo(LogFile file) throws IOException;
  }

  private Open preallocated(Path path, long length, Content content) throws IOException {
    long end = roundedUp(Math.max(length + 1, pieceBytes));
    LogFile file =
        make(
            path,
            made -> {
              content.writeTo(made);
              WholeFiles.zero(made, length, end);
            });
    return new Open(file, end);
  }

  private LogFile make(Path path, Content content) throws IOException {
    Path temporary = path.resolveSibling(path.getFileName() + TEMPORARY);
    LogFile file = files.create(temporary);
    try {
      content.writeTo(file);
      ForceFailedException.force(file, true);
      files.rename(temporary, path);
      ForceFailedException.forceDirectory(files, directory);
      return file;
    } catch (IOException | RuntimeException broken) {
      WholeFiles.closeAfter(file, broken);
      throw broken;
    }
  }

  private long roundedUp(long bytes) {
    return (bytes + pieceBytes - 1) / pieceBytes * pieceBytes;
  }
}
