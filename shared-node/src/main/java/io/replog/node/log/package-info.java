/// The log of this node as the other parts see it: what is shown, who waits for what, how to read.
/// The files themselves belong to `io.replog.log`. Read [io.replog.node.log.NodeLog] first.
@NullMarked
package io.replog.node.log;

import org.jspecify.annotations.NullMarked;
