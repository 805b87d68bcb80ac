package io.replog.replication.follower;

import io.replog.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/// Gathers what one step wants done, in order.
final class Effects {

  private List<FollowerEffect> gathered = new ArrayList<>(4);

  void add(FollowerEffect effect) {
    gathered.add(effect);
  }

  void happened(FollowerEvent event) {
    gathered.add(new FollowerEffect.Happened(event));
  }

  void answer(long call, FollowerAnswer answer) {
    gathered.add(new FollowerEffect.Answer(call, answer));
  }

  void refused(RefusalReason reason, String detail) {
    happened(new FollowerEvent.Refused(reason, detail));
  }

  /// Hands over everything gathered and begins anew.
  List<FollowerEffect> drain() {
    if (gathered.isEmpty()) {
      return List.of();
    }
    List<FollowerEffect> drained = gathered;
    gathered = new ArrayList<>(4);
    return drained;
  }
}
