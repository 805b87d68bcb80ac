/// What every node does for the layer nodes that it feeds: cuts its log into versions, hands the
/// entries over, and remembers who was fed. Pulling is the business of the layer node. Read
/// [io.replog.node.feed.FeedController] first.
@NullMarked
package io.replog.node.feed;

import org.jspecify.annotations.NullMarked;
