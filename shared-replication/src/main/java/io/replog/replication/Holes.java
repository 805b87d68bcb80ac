package io.replog.replication;

import static io.replog.replication.BrokenInvariantException.check;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Collectors;

/// The holes of a log that are not filled yet, lowest first. They only become fewer.
///
/// Invariant: the end of the usable log lies right before the first hole, or inside of it while it
/// is being filled.
public final class Holes {

  private final ArrayDeque<Hole> left;

  /// @param holes in ascending order
  public Holes(List<Hole> holes) {
    this.left = new ArrayDeque<>(holes);
  }

  public boolean isEmpty() {
    return left.isEmpty();
  }

  /// Last index that may be written now: what is behind the first hole is there already.
  /// `Long.MAX_VALUE` without a hole.
  public long lastWritableIndex() {
    return left.isEmpty() ? Long.MAX_VALUE : left.getFirst().lastIndex();
  }

  /// Everything up to `durableIndex` can be read. Returns whether that has closed a hole.
  public boolean closeThrough(long durableIndex) {
    boolean closed = false;
    while (durableIndex >= lastWritableIndex()) {
      left.removeFirst();
      closed = true;
    }
    check(
        left.isEmpty() || !closed || durableIndex == left.getFirst().firstIndex() - 1,
        "the log ends elsewhere than before its next hole");
    return closed;
  }

  /// All holes in words; empty without any.
  public String inWords() {
    return left.stream().map(Hole::toString).collect(Collectors.joining("; "));
  }
}
