/// Who belongs to the cluster at this moment, as the core has said last, and the way to let nodes
/// join and leave. Everything that has something for each follower hears of it here. Read
/// [io.replog.master.members.Members] first.
@NullMarked
package io.replog.master.members;

import org.jspecify.annotations.NullMarked;
