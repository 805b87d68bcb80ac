/// `GET /cluster/events`: what happens in the cluster, five pictures a second, for pages and people
/// that watch. It collects nothing while nobody does, and no watcher can slow or fill the node.
/// Read [io.replog.master.watch.Watchers] first, then [io.replog.master.watch.Frame].
@NullMarked
package io.replog.master.watch;

import org.jspecify.annotations.NullMarked;
