package io.replog.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A segment read from its first to its last intact record, across the damage in it.
///
/// @param file what it says it is
/// @param runs what can be read of it, in the order of the file
/// @param damage the first bad place, null when there is none: then there is one run
/// @param tornBytes length of the unfinished write at its end, 0 when there is none
/// @param watermark highest durable index that anything in the damaged parts carries, 0 when none
/// @param seal what should stand beside it from now on; null when nothing should, or does already
record SegmentScan(
    Candidate file,
    List<Run> runs,
    @Nullable Damage damage,
    long tornBytes,
    long watermark,
    @Nullable Seal seal) {

  /// More runs are not looked for: what is left counts as damaged, and as having been durable.
  static final int MAX_RUNS = 16;

  /// @param header of the segment, detached where nothing but the index in the name is known
  /// @param knownDurable highest index that other files know to have been durable
  /// @param mayBeTorn whether a crash can have left an unfinished write at its end
  static SegmentScan of(
      LogFile file, Candidate candidate, SegmentHeader header, long knownDurable, boolean mayBeTorn)
      throws IOException {
    return new Scan(file, candidate, header, knownDurable, mayBeTorn).run();
  }

  /// Of a file of which nothing can be used, although it tells how far the log was durable.
  static SegmentScan unusable(Candidate file, String reason, long watermark) {
    Damage damage = new Damage(file.name(), 0, file.firstIndex(), reason);
    return new SegmentScan(file, List.of(), damage, 0, watermark, null);
  }

  /// Of a file in which nothing but one run was found when it was read before.
  static SegmentScan intact(Candidate file, Run run) {
    return new SegmentScan(file, List.of(run), null, 0, 0, null);
  }

  /// Whether nothing but one run was found.
  boolean isIntact() {
    return damage == null && tornBytes == 0;
  }

  SegmentScan with(Seal made) {
    return new SegmentScan(file, runs, damage, tornBytes, watermark, made);
  }

  /// Index of the last entry that can be read, 0 when there is none.
  long lastIndex() {
    return runs.stream().mapToLong(run -> run.end().index()).max().orElse(0);
  }

  /// One pass over a file.
  private static final class Scan {
    private final LogFile file;
    private final Candidate candidate;
    private final SegmentHeader header;
    private final long knownDurable;
    private final boolean mayBeTorn;
    private final List<Run> runs = new ArrayList<>();
    private @Nullable Damage damage;
    private long tornBytes;
    private long watermark;
    private long lastIndexBehind;

    Scan(
        LogFile file,
        Candidate candidate,
        SegmentHeader header,
        long knownDurable,
        boolean mayBeTorn) {
      this.file = file;
      this.candidate = candidate;
      this.header = header;
      this.knownDurable = knownDurable;
      this.mayBeTorn = mayBeTorn;
    }

    SegmentScan run() throws IOException {
      if (candidate.header() == null) {
        note(0, candidate.firstIndex(), candidate.damage());
      }
      long next = readRun(header, SegmentHeader.BYTES);
      while (next != TailFacts.NONE && runs.size() < MAX_RUNS) {
        next = readRun(detached(), next);
      }
      if (next != TailFacts.NONE) {
        watermark = Math.max(watermark, lastIndexBehind);
      }
      if (damage != null) {
        runs.removeIf(Run::isEmpty);
      }
      return new SegmentScan(candidate, List.copyOf(runs), damage, tornBytes, watermark, null);
    }

    private SegmentHeader detached() {
      return SegmentHeader.detached(header.clusterId(), header.logId(), header.firstIndex());
    }

    /// @return where the next run begins, [TailFacts#NONE] when there is none
    private long readRun(SegmentHeader known, long from) throws IOException {
      RunReader reader = new RunReader(file, candidate.path(), known, from);
      Run run = reader.run();
      runs.add(run);
      TailFacts facts = TailFacts.of(file, run.to(), run.end().index());
      watermark = Math.max(watermark, facts.watermark());
      lastIndexBehind = facts.lastIndex();
      return switch (verdict(run, facts)) {
        case CLEAN -> TailFacts.NONE;
        case TORN -> torn(facts.usedEnd() - run.to());
        case CORRUPT -> {
          note(run.to(), run.end().index() + 1, reason(reader.stop(), run));
          yield facts.nextRecord();
        }
      };
    }

    /// Missing records alone are no reason to touch the file: they are a hole behind it.
    private TailVerdict verdict(Run run, TailFacts facts) {
      if (facts.isBlank(run.to())) {
        return TailVerdict.CLEAN;
      }
      TailVerdict verdict = TailVerdict.of(run.end().index(), false, knownDurable, facts);
      return mayBeTorn ? verdict : TailVerdict.CORRUPT;
    }

    private long torn(long bytes) {
      tornBytes = bytes;
      return TailFacts.NONE;
    }

    private void note(long offset, long fromIndex, String reason) {
      if (damage == null) {
        damage = new Damage(candidate.name(), offset, fromIndex, reason);
      }
    }

    private static String reason(Scanned stop, Run run) {
      return switch (stop) {
        case Scanned.Bad(_, String reason) -> reason;
        case Scanned.Blank _ -> "the records behind #" + run.end().index() + " are missing";
        case Scanned.Good _ ->
            throw new IllegalStateException("a run never stops at a good record");
      };
    }
  }
}
