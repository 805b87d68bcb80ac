/// What makes a follower a layer node: it asks its upstream for the next version, gives what comes
/// to its own core, which checks it like the batches of a master, and says how stale it is. Cutting
/// versions is the business of the upstream. Read [io.replog.follower.feed.Feeder] first.
@NullMarked
package io.replog.follower.feed;

import org.jspecify.annotations.NullMarked;
