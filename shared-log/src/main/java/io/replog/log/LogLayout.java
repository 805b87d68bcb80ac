package io.replog.log;

import io.replog.model.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log as it can be put together from what the scan found: the runs that make it up, the holes
/// between them, and the files that cannot stay as they are.
///
/// @param base the entry before the first one that belongs to the log
/// @param runs in the order of the log, no two with a common entry; where two meet, the chain leads
///   from the one to the other
/// @param damage of every file that is to be replaced
/// @param knownDurable highest index known to have been forced
/// @param tornBytes length of the unfinished write behind the last run
record LogLayout(
    Position base, List<Run> runs, List<Damage> damage, long knownDurable, long tornBytes) {

  /// @throws IOException if the disk cannot be read
  static LogLayout of(LogFiles files, Position base, LogScan.Result scan) throws IOException {
    List<Run> runs = new Assembly(files, base, scan).run();
    List<Damage> damage = new ArrayList<>();
    for (SegmentScan segment : scan.segments()) {
      if (!staysAsItIs(segment, runs)) {
        damage.add(damage(segment));
      }
    }
    long tornBytes = scan.segments().stream().mapToLong(SegmentScan::tornBytes).sum();
    return new LogLayout(base, runs, damage, scan.knownDurable(), tornBytes);
  }

  /// Where the log ends before the first hole.
  Position end() {
    int joined = joinedRuns();
    return joined == 0 ? base : runs.get(joined - 1).end();
  }

  /// How many runs stand before the first hole.
  int joinedRuns() {
    long end = base.index();
    int count = 0;
    while (count < runs.size() && runs.get(count).firstIndex() == end + 1) {
      end = runs.get(count).end().index();
      count++;
    }
    return count;
  }

  /// What stands behind the first hole.
  List<Run> islands() {
    return runs.subList(joinedRuns(), runs.size());
  }

  /// The log as if nothing had ever been behind its end.
  LogLayout upToTheFirstHole() {
    long torn = islands().isEmpty() ? tornBytes : 0;
    return new LogLayout(base, runs.subList(0, joinedRuns()), damage, end().index(), torn);
  }

  /// The runs at the ends of which a process may have written: before the first hole, and the last.
  Set<Run> writtenLast() {
    Set<Run> ends = new LinkedHashSet<>(runs.subList(Math.max(0, joinedRuns() - 1), joinedRuns()));
    if (!runs.isEmpty()) {
      ends.add(runs.getLast());
    }
    return ends;
  }

  /// Highest index that can be read, behind holes too, or is known to have been forced.
  long knownEnd() {
    return runs.isEmpty() ? knownDurable : Math.max(knownDurable, runs.getLast().end().index());
  }

  /// The log that the entries are of, null when there is none.
  @Nullable String logId() {
    return runs.stream()
        .filter(run -> !run.isEmpty())
        .map(run -> run.segment().header().logId())
        .findFirst()
        .orElse(null);
  }

  /// @param found earlier damage, for the reasons
  List<Gap> gaps(List<Damage> found) {
    List<Gap> gaps = new ArrayList<>();
    long end = base.index();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      if (run.firstIndex() > end + 1) {
        Hole hole = hole(end + 1, run.firstIndex() - 1, false, found);
        gaps.add(new Gap(hole, run, islandEnd(i)));
      }
      end = run.end().index();
    }
    if (knownDurable > end) {
      gaps.add(new Gap(hole(end + 1, knownDurable, true, found), null, Position.START));
    }
    return gaps;
  }

  private Position islandEnd(int first) {
    int last = first;
    while (last + 1 < runs.size()
        && runs.get(last + 1).firstIndex() == runs.get(last).end().index() + 1) {
      last++;
    }
    return runs.get(last).end();
  }

  private static Hole hole(long first, long last, boolean open, List<Damage> found) {
    for (Damage damage : found) {
      if (damage.fromIndex() >= first && damage.fromIndex() <= last) {
        return new Hole(first, last, open, damage.file(), damage.reason());
      }
    }
    String reason = "what was behind #%d is missing".formatted(first - 1);
    return new Hole(first, last, open, SegmentHeader.fileName(first), reason);
  }

  private static boolean staysAsItIs(SegmentScan segment, List<Run> runs) {
    return segment.damage() == null
        && !segment.runs().isEmpty()
        && segment.file().isWellNamed()
        && runs.contains(segment.runs().getFirst());
  }

  private static Damage damage(SegmentScan segment) {
    Damage damage = segment.damage();
    if (damage != null) {
      return damage;
    }
    Candidate file = segment.file();
    String reason =
        file.isWellNamed()
            ? "it does not fit the segments around it"
            : "the segment begins at #" + file.firstIndex();
    return new Damage(file.name(), 0, file.firstIndex(), reason);
  }

  /// Puts runs one behind the other.
  private static final class Assembly {
    private final LogFiles files;
    private final Position base;
    private final List<Run> sorted;
    private final List<Run> chosen = new ArrayList<>();

    Assembly(LogFiles files, Position base, LogScan.Result scan) {
      this.files = files;
      this.base = base;
      this.sorted =
          scan.segments().stream()
              .sorted(Comparator.comparing(segment -> segment.file().isSetAside()))
              .flatMap(segment -> segment.runs().stream())
              .sorted(
                  Comparator.comparingLong(Run::firstIndex)
                      .thenComparing(run -> run.end().index(), Comparator.reverseOrder()))
              .toList();
    }

    List<Run> run() throws IOException {
      for (Run run : sorted) {
        if (run.firstIndex() > end().index()) {
          place(run);
        }
      }
      return List.copyOf(chosen);
    }

    private Position end() {
      return chosen.isEmpty() ? base : chosen.getLast().end();
    }

    private void place(Run run) throws IOException {
      Position end = end();
      if (run.firstIndex() > end.index() + 1) {
        chosen.add(run);
      } else if (run.joins(files, end)) {
        run.segment().index().anchor(end);
        chosen.add(run);
      } else if (!chosen.isEmpty()) {
        makeHoleBefore(run);
      }
    }

    /// One of the two is wrong, and nothing tells which. The hole of one entry between them is
    /// filled from a copy of which the chain is known.
    private void makeHoleBefore(Run run) {
      Run shorter = chosen.removeLast().withoutLast();
      if (!shorter.isEmpty()) {
        chosen.add(shorter);
      }
      chosen.add(run);
    }
  }
}
