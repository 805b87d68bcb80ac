package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Replaces damaged files by segments that hold what is intact in them. Every file is judged by its
/// content, so the next start finds everything, wherever this one is interrupted:
///
/// 1. The damaged files get names that no segment has.
/// 2. Each run in them is made a segment of its own: temporary file, force, rename, force of the
///    directory.
/// 3. The damaged files go to `quarantine/`, as they are.
final class LogRepair {

  private final LogFiles files;
  private final LogOptions options;
  private final SegmentFiles segmentFiles;
  private final Quarantine quarantine;

  LogRepair(LogFiles files, LogOptions options) {
    this.files = files;
    this.options = options;
    this.segmentFiles = new SegmentFiles(files, options);
    this.quarantine = new Quarantine(files, options.directory());
  }

  /// May be repeated.
  ///
  /// @return by name of a damaged file, where it is kept, relative to the data directory
  Map<String, String> run(LogLayout layout) throws IOException {
    Map<String, Path> aside = setAside(layout.damage());
    for (int i = 0; i < layout.runs().size(); i++) {
      Run run = layout.runs().get(i);
      Path damaged = aside.get(nameOf(run.path()));
      if (damaged != null) {
        segmentFiles.copyRun(damaged, run, header(layout, i));
      }
    }
    Map<String, String> keptAs = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : aside.entrySet()) {
      String formerName = Candidate.formerName(file.getKey());
      keptAs.put(file.getKey(), quarantine.move(file.getValue(), formerName));
    }
    return keptAs;
  }

  private Map<String, Path> setAside(List<Damage> damaged) throws IOException {
    Map<String, Path> aside = new LinkedHashMap<>();
    for (Damage damage : damaged) {
      Path file = options.directory().resolve(damage.file());
      aside.put(damage.file(), Candidate.isSetAside(damage.file()) ? file : setAside(file));
    }
    ForceFailedException.forceDirectory(files, options.directory());
    return aside;
  }

  private Path setAside(Path file) throws IOException {
    List<String> taken = files.list(options.directory());
    String name =
        IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> Candidate.nameAside(nameOf(file), i))
            .filter(free -> !taken.contains(free))
            .findFirst()
            .orElseThrow();
    Path to = file.resolveSibling(name);
    files.rename(file, to);
    return to;
  }

  /// With the position before the run wherever the run before it reaches up to there.
  private static SegmentHeader header(LogLayout layout, int i) {
    List<Run> runs = layout.runs();
    SegmentHeader header = runs.get(i).segment().header();
    Position before = i == 0 ? layout.base() : runs.get(i - 1).end();
    return before.index() + 1 == header.firstIndex()
        ? new SegmentHeader(header.clusterId(), header.logId(), before)
        : header;
  }

  private static String nameOf(Path path) {
    return path.getFileName().toString();
  }
}
