package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens between taking the lock and serving: read the meta file, scan the log, cut a torn
/// tail, keep a damaged segment, and make what was found durable.
final class LogRecovery {

  private final LogFiles files;
  private final LogOptions options;
  private final SegmentFiles segmentFiles;
  private final Quarantine quarantine;
  private final long startNanos = System.nanoTime();

  LogRecovery(LogFiles files, LogOptions options) {
    this.files = files;
    this.options = options;
    this.segmentFiles = new SegmentFiles(files, options);
    this.quarantine = new Quarantine(files, options.directory());
  }

  /// Everything that an open log needs.
  ///
  /// @param writer null when the log is damaged
  record Opened(
      Recovery report,
      Segments segments,
      @Nullable SegmentWriter writer,
      MetaStore meta,
      CommitFile commit) {}

  /// @throws LogRefusedException if the directory cannot be used as it is
  Opened run() throws IOException {
    MetaStore meta = MetaStore.open(files, options);
    CommitFile.Slot slot = CommitFile.read(files, options.directory());
    LogScan.Result scan =
        new LogScan(files, options, meta.meta().logId(), slot.durableIndex()).run();
    Recovery report = report(meta.meta(), slot, scan, keep(scan, slot));
    CommitFile commit = CommitFile.open(files, options.directory(), slot);
    try {
      SegmentWriter writer = isUsable(scan) ? writer(scan, report, commit, meta) : null;
      return new Opened(withElapsed(report), scan.segments(), writer, meta, commit);
    } catch (IOException | RuntimeException broken) {
      commit.close();
      throw broken;
    }
  }

  private boolean isUsable(LogScan.Result scan) {
    return scan.damage() == null || options.acceptDataLoss();
  }

  /// Makes the tail durable as it was found, and says so on disk, before anything is appended.
  private SegmentWriter writer(
      LogScan.Result scan, Recovery report, CommitFile commit, MetaStore meta) throws IOException {
    for (String name : scan.unusable()) {
      quarantine.move(options.directory().resolve(name));
    }
    segmentFiles.deleteTemporaryFiles();
    boolean asItIs = report.cleanShutdown() && report.tornBytes() == 0 && scan.damage() == null;
    Segment last = scan.segments().last();
    SegmentFiles.Open tail = last == null ? null : open(last.path(), scan.tailOffset(), asItIs);
    if (commit.current().durableIndex() != report.end().index()) {
      commit.write(report.commitIndex(), report.end().index());
    }
    meta.save(meta.meta().withCleanShutdown(false));
    return new SegmentWriter(
        segmentFiles, options, scan.segments(), tail, scan.tailOffset(), scan.end());
  }

  private SegmentFiles.Open open(Path path, long length, boolean asItIs) throws IOException {
    return asItIs ? segmentFiles.reopen(path) : segmentFiles.rewrite(path, length);
  }

  private List<Corruption> keep(LogScan.Result scan, CommitFile.Slot slot) throws IOException {
    LogScan.Damage damage = scan.damage();
    if (damage == null) {
      return List.of();
    }
    Corruption found =
        new Corruption(
            damage.file(),
            damage.offset(),
            scan.end().index() + 1,
            slot.durableIndex(),
            damage.reason(),
            copy(damage.file()));
    return List.of(found);
  }

  /// A copy is a comfort, since the damaged file is not touched: a full disk does not stop the
  /// node.
  private String copy(String name) throws IOException {
    if (!files.list(options.directory()).contains(name)) {
      return name;
    }
    try {
      return quarantine.copy(options.directory().resolve(name));
    } catch (IOException refused) {
      if (new FullDisk(files, options.directory()).explains(refused)) {
        return name;
      }
      throw refused;
    }
  }

  private Recovery report(
      Meta meta, CommitFile.Slot slot, LogScan.Result scan, List<Corruption> corruption) {
    Position end = scan.end();
    Segment last = scan.segments().last();
    return new Recovery(
        end,
        Math.min(slot.commitIndex(), end.index()),
        meta.promise(),
        meta.logId(),
        last == null || end.index() == 0 ? null : last.header().logId(),
        meta.incarnation(),
        scan.tornBytes(),
        corruption,
        List.of(),
        meta.cleanShutdown(),
        scan.firstKeyedIndex(),
        Duration.ZERO);
  }

  private Recovery withElapsed(Recovery report) {
    return new Recovery(
        report.end(),
        report.commitIndex(),
        report.promise(),
        report.logId(),
        report.segmentLogId(),
        report.incarnation(),
        report.tornBytes(),
        report.corruption(),
        report.holes(),
        report.cleanShutdown(),
        report.firstKeyedIndex(),
        Duration.ofNanos(System.nanoTime() - startNanos));
  }
}
