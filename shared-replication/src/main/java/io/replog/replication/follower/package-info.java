/// The follower's decisions: whom to obey, what to skip, what to hold ahead of a gap, when to
/// append, what to acknowledge. It does not write or wait: each wish is a
/// [io.replog.replication.follower.FollowerEffect], each result a
/// [io.replog.replication.follower.FollowerInput]. Read
/// [io.replog.replication.follower.FollowerCore] first.
@NullMarked
package io.replog.replication.follower;

import org.jspecify.annotations.NullMarked;
