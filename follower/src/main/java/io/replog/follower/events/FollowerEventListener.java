package io.replog.follower.events;

import io.replog.replication.follower.FollowerEvent;

/// Hears what happened to a follower, on the thread of its core. Must not block.
@FunctionalInterface
public interface FollowerEventListener {

  void happened(FollowerEvent event);
}
