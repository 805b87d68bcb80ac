package io.replog.master.members;

import io.replog.node.settings.Peer;
import java.util.List;

/// Has something for each node that the master is connected to.
@FunctionalInterface
public interface MembersListener {

  /// Exactly these are connected now, members first. Called once at the beginning and with every
  /// change, on the thread that owns the core at that moment; must not block.
  void connected(List<Peer> nodes);
}
