/// The log lines of a follower. Never needed for correctness. Read
/// [io.replog.follower.events.FollowerLines] first.
@NullMarked
package io.replog.follower.events;

import org.jspecify.annotations.NullMarked;
