/// A follower: takes entries from the master in order, keeps them, serves them. It never decides
/// what is written. Read [io.replog.follower.core.FollowerNode] first.
@NullMarked
package io.replog.follower;

import org.jspecify.annotations.NullMarked;
