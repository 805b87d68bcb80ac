package io.replog.replication.master;

import java.util.ArrayList;
import java.util.List;

/// Gathers what one step wants done, in order.
final class Effects {

  private List<MasterEffect> gathered = new ArrayList<>(4);

  void add(MasterEffect effect) {
    gathered.add(effect);
  }

  void happened(MasterEvent event) {
    gathered.add(new MasterEffect.Happened(event));
  }

  /// Hands over everything gathered and begins anew.
  List<MasterEffect> drain() {
    if (gathered.isEmpty()) {
      return List.of();
    }
    List<MasterEffect> drained = gathered;
    gathered = new ArrayList<>(4);
    return drained;
  }
}
