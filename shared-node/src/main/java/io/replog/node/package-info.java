/// The Spring shell that every node has: settings, web server, reading, health, refusals, shutdown.
/// What a master or a follower decides is not here. Read [io.replog.node.NodeConfiguration] first,
/// then [io.replog.node.start.NodeLauncher].
@NullMarked
package io.replog.node;

import org.jspecify.annotations.NullMarked;
