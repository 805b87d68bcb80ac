package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What happens between taking the lock and serving: read the meta file, scan the log, replace what
/// is damaged, cut a torn tail, and make what was found durable.
final class LogRecovery {

  private final LogFiles files;
  private final LogOptions options;
  private final SegmentFiles segmentFiles;
  private final Seals seals;
  private final MetaStore meta;
  private final CommitFile.Slot slot;
  private final boolean cleanShutdown;
  private final long startNanos = System.nanoTime();

  /// @throws LogRefusedException if the directory cannot be used as it is
  LogRecovery(LogFiles files, LogOptions options) throws IOException {
    this.files = files;
    this.options = options;
    this.segmentFiles = new SegmentFiles(files, options);
    this.seals = new Seals(files, options.directory());
    this.meta = MetaStore.open(files, options);
    this.slot = CommitFile.read(files, options.directory());
    this.cleanShutdown = meta.meta().cleanShutdown();
  }

  /// Everything that an open log needs.
  ///
  /// @param writer null when the disk has no room to replace what is damaged
  /// @param knownEnd highest index known to have been durable, at least the end
  record Opened(
      Recovery report,
      Segments segments,
      @Nullable SegmentWriter writer,
      MetaStore meta,
      CommitFile commit,
      long knownEnd) {}

  /// The log when everything that could be done about its damage is done.
  ///
  /// @param keptAs by name of a damaged file, where it is now, relative to the data directory
  /// @param complete false when the disk had no room for it
  private record Repaired(LogLayout layout, Map<String, String> keptAs, boolean complete) {}

  /// @throws LogRefusedException if the directory cannot be used as it is
  Opened run() throws IOException {
    LogLayout found = layout(slot.durableIndex());
    CommitFile commit = CommitFile.open(files, options.directory(), slot);
    try {
      return open(found, commit);
    } catch (IOException | RuntimeException broken) {
      commit.close();
      throw broken;
    }
  }

  private LogLayout layout(long knownDurable) throws IOException {
    LogScan scan = new LogScan(files, options, meta.meta().boundLogId(), base(), knownDurable);
    LogScan.Result found = scan.run();
    deleteReleased(found.released());
    found.segments().forEach(this::keepSeal);
    return LogLayout.of(files, base(), found);
  }

  /// The entry before the first one kept.
  private Position base() {
    Base base = meta.meta().base();
    return base == null ? Position.START : base.position();
  }

  private void keepSeal(SegmentScan scan) {
    if (scan.seal() != null) {
      seals.keep(scan.file().path(), scan.seal());
    }
  }

  /// Goes on with a release that was interrupted.
  private void deleteReleased(List<Path> released) throws IOException {
    for (Path segment : released) {
      files.deleteIfExists(segment);
    }
    if (!released.isEmpty()) {
      ForceFailedException.forceDirectory(files, options.directory());
    }
  }

  private Opened open(LogLayout found, CommitFile commit) throws IOException {
    segmentFiles.deleteTemporaryFiles();
    noteLoss(found);
    Repaired repaired = repaired(found, commit);
    boolean giveUp = options.acceptDataLoss() && repaired.complete();
    LogLayout layout = giveUp ? withoutIslands(repaired.layout()) : repaired.layout();
    seals.deleteOrphans();
    List<Gap> gaps = layout.gaps(found.damage());
    Segments segments = segments(layout);
    SegmentWriter writer = repaired.complete() ? writer(layout, gaps, segments) : null;
    if (writer != null) {
      witness(layout, gaps, commit);
      meta.save(meta.meta().withCleanShutdown(false));
    }
    Recovery report = report(found, repaired, layout, gaps);
    return new Opened(report, segments, writer, meta, commit, layout.knownEnd());
  }

  /// What is known about how far the log was durable is kept beside it first, since it may stand in
  /// the very parts that are moved.
  private Repaired repaired(LogLayout found, CommitFile commit) throws IOException {
    if (found.damage().isEmpty()) {
      return new Repaired(found, Map.of(), true);
    }
    if (found.knownDurable() > slot.durableIndex()) {
      commit.write(slot.commitIndex(), found.knownDurable());
    }
    try {
      Map<String, String> keptAs = new LogRepair(files, options).run(found);
      return new Repaired(whole(layout(found.knownDurable())), keptAs, true);
    } catch (IOException refused) {
      if (new FullDisk(files, options.directory()).explains(refused)) {
        segmentFiles.deleteTemporaryFiles();
        return new Repaired(layout(found.knownDurable()), Map.of(), false);
      }
      throw refused;
    }
  }

  private static LogLayout whole(LogLayout repaired) throws IOException {
    if (!repaired.damage().isEmpty()) {
      throw new IOException("damaged again as soon as it was repaired: " + repaired.damage());
    }
    return repaired;
  }

  /// Gives up what is missing and what stands behind it, from the last segment to the first.
  private LogLayout withoutIslands(LogLayout layout) throws IOException {
    Quarantine quarantine = new Quarantine(files, options.directory());
    for (Run island : layout.islands().reversed()) {
      quarantine.move(island.path(), island.path().getFileName().toString());
    }
    return layout.upToTheFirstHole();
  }

  private static Segments segments(LogLayout layout) {
    Segments segments = new Segments(layout.base());
    layout.runs().forEach(run -> segments.add(run.segment()));
    return segments;
  }

  /// Makes the tail durable as it was found before anything is appended.
  private SegmentWriter writer(LogLayout layout, List<Gap> gaps, Segments segments)
      throws IOException {
    boolean asItIs = cleanShutdown && layout.tornBytes() == 0;
    Run last = layout.runs().isEmpty() ? null : layout.runs().getLast();
    if (!gaps.isEmpty() && !asItIs) {
      rewriteWrittenLast(layout);
    }
    SegmentFiles.Open tail =
        last == null || !gaps.isEmpty() ? null : open(last.path(), last.to(), asItIs);
    return new SegmentWriter(
        segmentFiles,
        options,
        segments,
        tail,
        last == null ? 0 : last.to(),
        layout.end(),
        new ArrayDeque<>(gaps));
  }

  /// A process that was filling a hole wrote before it, another one at the end of the log.
  private void rewriteWrittenLast(LogLayout layout) throws IOException {
    for (Run run : layout.writtenLast()) {
      segmentFiles.rewrite(run.path(), run.to()).file().close();
    }
  }

  private SegmentFiles.Open open(Path path, long length, boolean asItIs) throws IOException {
    return asItIs ? segmentFiles.reopen(path) : segmentFiles.rewrite(path, length);
  }

  /// Notes how far the log is known to have been durable. That never falls while there is a hole.
  private void witness(LogLayout layout, List<Gap> gaps, CommitFile commit) throws IOException {
    long known = layout.knownEnd();
    if (commit.current().durableIndex() != known) {
      long end = layout.end().index();
      commit.write(gaps.isEmpty() ? Math.min(slot.commitIndex(), end) : slot.commitIndex(), known);
    }
  }

  /// Keeps in mind, before anything is cut, replaced or given up, that it was not as it should be:
  /// the next start may find nothing of it any more.
  private void noteLoss(LogLayout found) throws IOException {
    boolean lossy = !found.gaps(List.of()).isEmpty();
    if (lossy || found.tornBytes() > 0 || !found.damage().isEmpty()) {
      Meta doubtful = meta.meta().withDoubt();
      meta.save(lossy ? doubtful.withNewIncarnation() : doubtful);
    }
  }

  private Recovery report(LogLayout found, Repaired repaired, LogLayout layout, List<Gap> gaps) {
    Position end = layout.end();
    return new Recovery(
        layout.base(),
        end,
        Math.min(slot.commitIndex(), end.index()),
        meta.meta().promise(),
        meta.meta().logId(),
        segmentLogId(layout),
        meta.meta().incarnation(),
        meta.meta().doubtful(),
        found.tornBytes(),
        corruption(found, repaired.keptAs()),
        gaps.stream().map(Gap::hole).toList(),
        cleanShutdown,
        firstKeyedIndex(layout, gaps),
        membershipIndex(layout, end),
        Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private @Nullable String segmentLogId(LogLayout layout) {
    Base base = meta.meta().base();
    return layout.logId() == null && base != null ? base.logId() : layout.logId();
  }

  private static List<Corruption> corruption(LogLayout found, Map<String, String> keptAs) {
    return found.damage().stream()
        .map(
            damage ->
                new Corruption(
                    damage.file(),
                    damage.offset(),
                    damage.fromIndex(),
                    found.knownDurable(),
                    damage.reason(),
                    keptAs.getOrDefault(damage.file(), damage.file())))
        .toList();
  }

  private static long membershipIndex(LogLayout layout, Position end) {
    return layout.runs().stream()
        .mapToLong(Run::membershipIndex)
        .filter(index -> index <= end.index())
        .max()
        .orElse(0);
  }

  /// What a hole holds is not known before it is filled.
  private static long firstKeyedIndex(LogLayout layout, List<Gap> gaps) {
    LongStream keyed = layout.runs().stream().mapToLong(Run::firstKeyedIndex).filter(i -> i > 0);
    LongStream missing = gaps.stream().mapToLong(gap -> gap.hole().firstIndex());
    return LongStream.concat(keyed, missing).min().orElse(0);
  }
}
