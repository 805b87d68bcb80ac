package io.replog.system.history;

import java.util.ArrayList;
import java.util.List;

/// What one node's process holds of the machine, before everything and after it.
///
/// @param node name of the node
/// @param before soon after its start
/// @param after when all clients have gone
public record Resources(String node, Usage before, Usage after) {

  /// What a JVM adds by itself when it has worked, such as compiler threads and mapped files.
  static final int SPARE_THREADS = 16;

  static final int SPARE_FILES = 24;

  /// @param threads threads of the process
  /// @param files open file descriptors
  /// @param residentBytes memory that it occupies
  /// @param residentLimitBytes what it may occupy at most, the heap's limit and the JVM's own needs
  public record Usage(int threads, int files, long residentBytes, long residentLimitBytes) {}

  /// In what it holds more than a tenth above what it held before, and the spare; empty when it has
  /// returned to where it was.
  public List<String> excess() {
    List<String> excess = new ArrayList<>();
    compare("threads", after.threads(), roomFor(before.threads(), SPARE_THREADS), excess);
    compare("open files", after.files(), roomFor(before.files(), SPARE_FILES), excess);
    compare("bytes", after.residentBytes(), after.residentLimitBytes(), excess);
    return excess;
  }

  private static long roomFor(long before, int spare) {
    return before + before / 10 + spare;
  }

  private static void compare(String what, long now, long limit, List<String> excess) {
    if (now > limit) {
      excess.add("%d %s where %d are well".formatted(now, what, limit));
    }
  }
}
