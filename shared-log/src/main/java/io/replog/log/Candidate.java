package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that may be a segment, by its name and its first sector.
///
/// @param header null when it is damaged
/// @param damage what is wrong with the header, empty when nothing is
/// @param firstIndex first index by the header, or by the name where the header is damaged
record Candidate(Path path, @Nullable SegmentHeader header, String damage, long firstIndex) {

  private static final int INDEX_DIGITS = 20;

  /// Segments, and segments that a repair has set aside.
  private static final String NAMES = "0\\d{19}(\\.damaged\\d*)?\\.log";

  static boolean isNamedLikeOne(String name) {
    return name.matches(NAMES);
  }

  /// @throws LogRefusedException if the format is newer
  static Candidate read(LogFiles files, Path path) throws IOException {
    try (LogFile file = files.openToRead(path)) {
      var start = WholeFiles.readStart(file, SegmentHeader.BYTES);
      return switch (SegmentHeader.parse(start)) {
        case SegmentHeader.Parsed.Valid(SegmentHeader header) ->
            new Candidate(path, header, "", header.firstIndex());
        case SegmentHeader.Parsed.Damaged(String reason) ->
            new Candidate(path, null, reason, indexInName(path));
        case SegmentHeader.Parsed.Newer(int version) ->
            throw new LogRefusedException(
                path + " has format " + version + ", this program knows " + SegmentHeader.VERSION);
      };
    }
  }

  String name() {
    return path.getFileName().toString();
  }

  /// The name under which a repair sets a damaged file aside, the `attempt`th choice.
  static String nameAside(String name, int attempt) {
    return name.substring(0, INDEX_DIGITS) + ".damaged" + (attempt == 0 ? "" : attempt) + ".log";
  }

  /// The name that a file had before it was set aside.
  static String formerName(String name) {
    return name.substring(0, INDEX_DIGITS) + ".log";
  }

  static boolean isSetAside(String name) {
    return name.startsWith(".damaged", INDEX_DIGITS);
  }

  boolean isSetAside() {
    return isSetAside(name());
  }

  boolean isOf(String clusterId, @Nullable String logId) {
    return header == null
        || (header.clusterId().equals(clusterId)
            && (logId == null || header.logId().equals(logId)));
  }

  /// Whether it has the name of the segment that its header says it is.
  boolean isWellNamed() {
    return name().equals(SegmentHeader.fileName(firstIndex));
  }

  private static long indexInName(Path path) {
    return Long.parseLong(path.getFileName().toString().substring(0, INDEX_DIGITS));
  }
}
