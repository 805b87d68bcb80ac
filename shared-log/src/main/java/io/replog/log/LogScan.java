package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Reads every segment of a directory from the first to the last record, across all damage. Changes
/// nothing, and judges every file by its content: names only help where a header is damaged. Where
/// a seal fits, the records are those that were found when it was made. Memory: one chunk for each
/// processor.
final class LogScan {

  /// @param segments every file that may hold a part of the log
  /// @param released segments of which the base says that they were released
  /// @param knownDurable highest index known to have been forced, by the commit file, by headers
  ///   and by what is left of records; 0 when none
  record Result(List<SegmentScan> segments, List<Path> released, long knownDurable) {}

  private final LogFiles files;
  private final LogOptions options;
  private final Seals seals;
  private final @Nullable String boundTo;
  private final long committedDurable;

  /// The entry before the first one kept.
  private final Position base;

  /// @param boundTo the log that the directory is bound to, null when to none
  /// @param base the entry before the first one kept
  /// @param committedDurable highest index that the commit file knows to have been durable
  LogScan(
      LogFiles files,
      LogOptions options,
      @Nullable String boundTo,
      Position base,
      long committedDurable) {
    this.files = files;
    this.options = options;
    this.seals = new Seals(files, options.directory());
    this.boundTo = boundTo;
    this.committedDurable = committedDurable;
    this.base = base;
  }

  /// @throws LogRefusedException if no segment is of this cluster and log, or one is newer
  Result run() throws IOException {
    List<Candidate> candidates = candidates();
    List<Path> released = takeReleased(candidates);
    String logId = boundTo == null ? logIdOf(candidates) : boundTo;
    long knownDurable = knownDurable(candidates, logId);
    long lastFirstIndex =
        candidates.stream().filter(this::isOurs).mapToLong(Candidate::firstIndex).max().orElse(0);
    List<SegmentScan> scans =
        inParallel(
            candidates.stream()
                .<Callable<SegmentScan>>map(
                    each -> () -> scan(each, logId, knownDurable, mayBeTorn(each, lastFirstIndex)))
                .toList());
    refuseStrangersAmongThemselves(scans, logId);
    long seen = scans.stream().mapToLong(SegmentScan::watermark).max().orElse(0);
    return new Result(scans, released, Math.max(knownDurable, seen));
  }

  private static boolean mayBeTorn(Candidate candidate, long lastFirstIndex) {
    return candidate.isSetAside() || candidate.firstIndex() == lastFirstIndex;
  }

  /// Reads several files at once: each has a chain of its own, from what its header says.
  private List<SegmentScan> inParallel(List<Callable<SegmentScan>> readings) throws IOException {
    List<SegmentScan> scans = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(files.readers())) {
      for (Future<SegmentScan> scan : readers.invokeAll(readings)) {
        scans.add(scan.get());
      }
    } catch (ExecutionException failed) {
      throw asIs(Objects.requireNonNull(failed.getCause()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the log was read");
    }
    return scans;
  }

  private static IOException asIs(Throwable failure) {
    return switch (failure) {
      case IOException unreadable -> unreadable;
      case RuntimeException refused -> throw refused;
      default -> throw new IllegalStateException("reading a segment failed", failure);
    };
  }

  private List<Candidate> candidates() throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (String name : files.list(options.directory())) {
      if (Candidate.isNamedLikeOne(name)) {
        candidates.add(Candidate.read(files, options.directory().resolve(name)));
      }
    }
    candidates.sort(Comparator.comparingLong(Candidate::firstIndex));
    return candidates;
  }

  /// A base is always the end of a segment, so a segment that begins before it ends there too.
  private List<Path> takeReleased(List<Candidate> candidates) {
    List<Path> released =
        candidates.stream().filter(this::isReleased).map(Candidate::path).toList();
    candidates.removeIf(this::isReleased);
    return released;
  }

  private boolean isReleased(Candidate candidate) {
    return candidate.header() != null
        && isOurs(candidate)
        && candidate.firstIndex() <= base.index();
  }

  private @Nullable String logIdOf(List<Candidate> candidates) {
    return candidates.stream()
        .filter(this::isOurs)
        .map(Candidate::header)
        .filter(Objects::nonNull)
        .map(SegmentHeader::logId)
        .findFirst()
        .orElse(null);
  }

  private boolean isOurs(Candidate candidate) {
    return candidate.isOf(options.clusterId(), boundTo);
  }

  /// Everything before a segment was forced before the segment was made.
  private long knownDurable(List<Candidate> candidates, @Nullable String logId) {
    return candidates.stream()
        .filter(candidate -> candidate.header() != null)
        .filter(candidate -> candidate.isOf(options.clusterId(), logId))
        .mapToLong(candidate -> candidate.firstIndex() - 1)
        .reduce(Math.max(committedDurable, base.index()), Math::max);
  }

  private SegmentScan scan(
      Candidate candidate, @Nullable String logId, long knownDurable, boolean mayBeTorn)
      throws IOException {
    SegmentHeader header = header(candidate, logId);
    if (!header.clusterId().equals(options.clusterId())) {
      return SegmentScan.unusable(candidate, stranger(header), 0);
    }
    try (LogFile file = files.openToRead(candidate.path())) {
      SegmentScan scan = seals.scan(file, candidate, header, knownDurable, mayBeTorn);
      if (header.logId().equals(logId) || neverBegan(scan)) {
        return scan;
      }
      return logId == null
          ? SegmentScan.unusable(candidate, "nothing tells of which log it is", scan.lastIndex())
          : SegmentScan.unusable(candidate, stranger(header), 0);
    }
  }

  private SegmentHeader header(Candidate candidate, @Nullable String logId) {
    SegmentHeader header = candidate.header();
    String supposed = logId == null ? "" : logId;
    return header == null
        ? SegmentHeader.detached(options.clusterId(), supposed, candidate.firstIndex())
        : header;
  }

  /// An empty first segment is nobody's.
  private boolean neverBegan(SegmentScan scan) {
    return scan.file().firstIndex() == base.index() + 1
        && scan.damage() == null
        && scan.runs().stream().allMatch(Run::isEmpty);
  }

  private static String stranger(SegmentHeader header) {
    return "it is of cluster \"%s\" and log %s".formatted(header.clusterId(), header.logId());
  }

  /// A stranger among our own is put aside; a directory full of strangers is somebody else's.
  private void refuseStrangersAmongThemselves(List<SegmentScan> scans, @Nullable String logId) {
    if (scans.stream().anyMatch(scan -> !scan.runs().isEmpty())) {
      return;
    }
    for (SegmentScan scan : scans) {
      SegmentHeader header = scan.file().header();
      if (header != null) {
        requireOurs(scan.file().path(), header, logId);
      }
    }
  }

  private void requireOurs(Path path, SegmentHeader header, @Nullable String logId) {
    if (!header.clusterId().equals(options.clusterId())) {
      throw new LogRefusedException(
          "%s is of cluster \"%s\", this node of \"%s\""
              .formatted(path, header.clusterId(), options.clusterId()));
    }
    if (!header.logId().equals(logId)) {
      throw new LogRefusedException(
          "%s is of log %s, this node holds log %s".formatted(path, header.logId(), logId));
    }
  }
}
