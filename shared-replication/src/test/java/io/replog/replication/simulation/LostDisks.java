package io.replog.replication.simulation;

import io.replog.model.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Wiped disks of followers, for each master that has not heard yet that they are gone: until then
/// it may count on them, and must not any longer.
final class LostDisks {

  private record MasterAndFollower(String master, String follower) {}

  private record LostDisk(SimulatedDisk disk, long lostNanos) {}

  private record Heard(String startId, String incarnation) {}

  private final Map<MasterAndFollower, List<LostDisk>> lost = new HashMap<>();

  /// When the process of a master first heard of a data directory.
  private final Map<Heard, Long> firstHeard = new HashMap<>();

  /// The disk of `follower` is about to be wiped.
  ///
  /// @param disk what it held
  void lose(SimulatedFollower follower, SimulatedDisk disk, long nowNanos) {
    for (String master : List.of(SimulatedCluster.MASTER, SimulatedCluster.SECOND_MASTER)) {
      lost.computeIfAbsent(new MasterAndFollower(master, follower.name()), _ -> new ArrayList<>())
          .add(new LostDisk(disk, nowNanos));
    }
  }

  /// A master was told a follower's incarnation. Only an answer to a question that is younger than
  /// the loss, and than the first word of the lost directory, proves that it is gone.
  ///
  /// @param current whether that incarnation is the present one
  void learn(
      SimulatedMaster master,
      String follower,
      String incarnation,
      boolean current,
      long askedNanos,
      long nowNanos) {
    firstHeard.putIfAbsent(new Heard(master.startId(), incarnation), nowNanos);
    if (current) {
      lost.getOrDefault(new MasterAndFollower(master.name(), follower), new ArrayList<>())
          .removeIf(disk -> disk.lostNanos() < askedNanos && heardOf(master, disk) < askedNanos);
    }
  }

  /// Whether one of those disks held `position`.
  boolean held(SimulatedMaster master, String follower, @Nullable String logId, Position position) {
    return lost.getOrDefault(new MasterAndFollower(master.name(), follower), List.of()).stream()
        .anyMatch(disk -> disk.disk().holds(logId, position));
  }

  private long heardOf(SimulatedMaster master, LostDisk disk) {
    Heard heard = new Heard(master.startId(), disk.disk().incarnation());
    return firstHeard.getOrDefault(heard, Long.MIN_VALUE);
  }
}
