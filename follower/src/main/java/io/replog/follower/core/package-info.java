/// The follower state machine at work: its thread, its log, its calls. What to do is decided in
/// `io.replog.replication.follower`. Read [io.replog.follower.core.FollowerNode] first.
@NullMarked
package io.replog.follower.core;

import org.jspecify.annotations.NullMarked;
