package io.replog.system.power;

import io.replog.system.history.Attempt;
import io.replog.system.history.Outcome.Acknowledged;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges the disks of the nodes whose power was cut: of what was acknowledged by k nodes of N, at
/// most N-k may lack it, and the master may not. And what one node had shown it may not lack
/// itself, whoever else holds it.
///
/// @param clusterSize all nodes, N
/// @param master name of the master
record Holders(int clusterSize, String master) {

  /// The first message that is lost.
  ///
  /// @param attempts everything that clients have tried up to the restart
  Optional<String> lost(List<Attempt> attempts, List<DiskContents> disks) {
    return attempts.stream()
        .filter(attempt -> attempt.outcome() instanceof Acknowledged)
        .filter(attempt -> isLost(attempt, (Acknowledged) attempt.outcome(), disks))
        .findFirst()
        .map(attempt -> described(attempt, disks));
  }

  /// The first node that lacks what it had shown.
  ///
  /// @param shown by name of the node: its log as it was read before the cut, from the first
  ///   message on; empty when it did not answer
  static Optional<String> forgotten(Map<String, List<String>> shown, List<DiskContents> disks) {
    return disks.stream()
        .filter(disk -> !disk.beginsWith(shown.getOrDefault(disk.node(), List.of())))
        .findFirst()
        .map(disk -> described(disk, shown.getOrDefault(disk.node(), List.of())));
  }

  private static String described(DiskContents disk, List<String> shown) {
    return "%s had shown %d messages, and of those its disk holds fewer or others: it has %d"
        .formatted(disk.node(), shown.size(), disk.texts().size());
  }

  private boolean isLost(Attempt attempt, Acknowledged acknowledged, List<DiskContents> disks) {
    List<String> without = without(attempt, disks);
    int promised = Math.max(attempt.concern(), acknowledged.acks());
    return without.contains(master) || without.size() > clusterSize - promised;
  }

  private static List<String> without(Attempt attempt, List<DiskContents> disks) {
    long index = ((Acknowledged) attempt.outcome()).index();
    return disks.stream()
        .filter(disk -> !disk.holds(index, attempt.text()))
        .map(DiskContents::node)
        .toList();
  }

  private static String described(Attempt attempt, List<DiskContents> disks) {
    Acknowledged acknowledged = (Acknowledged) attempt.outcome();
    return "#%d '%s' was acknowledged by %d nodes and is not on the disk of %s"
        .formatted(
            acknowledged.index(),
            attempt.text(),
            acknowledged.acks(),
            String.join(", ", without(attempt, disks)));
  }
}
