package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The seals of a data directory, each beside its segment. Every byte of a sealed segment is still
/// read at a start; only the records are not looked at one by one. Knows no state: for any thread.
final class Seals {

  private static final String SUFFIX = ".seal";
  private static final String SEGMENT_SUFFIX = ".log";
  private static final int MAX_BYTES = 1 << 20;

  private final LogFiles files;
  private final Path directory;

  Seals(LogFiles files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /// Reads a segment: by its seal, or where that does not fit record by record, and then says what
  /// the seal should be. The segment that will be written gets its seal when that is over.
  SegmentScan scan(
      LogFile file, Candidate candidate, SegmentHeader header, long knownDurable, boolean mayBeTorn)
      throws IOException {
    if (!mayHaveOne(candidate)) {
      return SegmentScan.of(file, candidate, header, knownDurable, mayBeTorn);
    }
    long bytes = file.size();
    int sum = WholeFiles.crc32c(file);
    Seal seal = read(candidate.path());
    if (seal != null && seal.fits(header, sum, bytes)) {
      return SegmentScan.intact(candidate, seal.run(candidate.path(), header));
    }
    SegmentScan found = SegmentScan.of(file, candidate, header, knownDurable, mayBeTorn);
    return !mayBeTorn && found.isIntact() && WholeFiles.crc32c(file) == sum
        ? found.with(Seal.of(found.runs().getFirst(), sum, bytes))
        : found;
  }

  /// What is known of a segment made behind a hole depends on what fills the hole, and a damaged
  /// header may have said anything.
  private static boolean mayHaveOne(Candidate candidate) {
    SegmentHeader header = candidate.header();
    return header != null && !header.detached() && !candidate.isSetAside();
  }

  /// Puts a seal beside its segment. Where that fails, the next start reads the records again, so
  /// it is no failure of the log.
  void keep(Path segment, Seal seal) {
    try (LogFile file = files.create(pathOf(segment))) {
      file.write(seal.encode(), 0);
    } catch (IOException _) {
      return;
    }
  }

  /// With its segment.
  void delete(Path segment) throws IOException {
    files.deleteIfExists(pathOf(segment));
  }

  /// Deletes seals of segments that are not there any more.
  void deleteOrphans() throws IOException {
    List<String> names = files.list(directory);
    for (String name : names) {
      if (name.endsWith(SUFFIX) && !names.contains(segmentOf(name))) {
        files.deleteIfExists(directory.resolve(name));
      }
    }
  }

  /// One that is missing or cannot be read is none.
  private @Nullable Seal read(Path segment) throws IOException {
    try (LogFile file = files.openToRead(pathOf(segment))) {
      long bytes = file.size();
      return bytes > MAX_BYTES ? null : Seal.decode(WholeFiles.readStart(file, (int) bytes));
    } catch (IOException _) {
      return null;
    }
  }

  /// The seal of `00….log` is `00….seal`.
  private static Path pathOf(Path segment) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(
        name.substring(0, name.length() - SEGMENT_SUFFIX.length()) + SUFFIX);
  }

  private static String segmentOf(String name) {
    return name.substring(0, name.length() - SUFFIX.length()) + SEGMENT_SUFFIX;
  }
}
