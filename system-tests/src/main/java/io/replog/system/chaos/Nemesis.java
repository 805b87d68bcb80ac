package io.replog.system.chaos;

import io.replog.client.cluster.Awaiting;
import io.replog.system.chaos.Plan.Planned;
import io.replog.system.chaos.Plan.Window;
import io.replog.system.load.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Carries out a plan. After each window what was done ends, and dead nodes are started.
final class Nemesis {

  /// How long a patient window waits for nodes that start. A busy machine takes longer, and its
  /// next fault hits them on their way.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Arena arena;
  private final Run time = new Run();
  private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
  private final List<Fault> active = new ArrayList<>();
  private volatile List<String> words = List.of();

  Nemesis(Arena arena) {
    this.arena = arena;
  }

  /// Returns when all windows are over or the time is up, with everything healed and every node
  /// started. A machine on which nodes start slowly gets through fewer windows.
  void carryOut(Plan plan, Duration length) {
    long start = System.nanoTime();
    try {
      for (Window window : plan.windows()) {
        if (System.nanoTime() - start < length.toNanos()) {
          carryOut(window);
        }
      }
    } finally {
      endAll();
    }
  }

  private void carryOut(Window window) {
    window.faults().forEach(this::begin);
    time.pause(window.length());
    endAll();
    arena.cluster().startDead();
    if (window.patient()) {
      Awaiting.until(arena.cluster()::isReady, PATIENCE);
    }
  }

  private void begin(Planned planned) {
    Fault fault = planned.create(arena);
    active.add(fault);
    List<String> more = new ArrayList<>(words);
    more.add(fault.begin());
    words = List.copyOf(more);
    counts.merge(planned.kind(), 1, Integer::sum);
  }

  private void endAll() {
    active.forEach(Fault::end);
    active.clear();
    arena.cluster().heal();
    words = List.of();
  }

  /// What goes wrong just now, for people.
  List<String> words() {
    return words;
  }

  /// How often there was what.
  Map<FaultKind, Integer> counts() {
    return Map.copyOf(counts);
  }
}
