/// Where the master stands for the layer nodes that it feeds itself: above all of them. Read
/// [io.replog.node.feed.FeedController] first.
@NullMarked
package io.replog.master.feed;

import org.jspecify.annotations.NullMarked;
