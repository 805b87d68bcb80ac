/// How a node ends: on request in an order that leaves every waiter with an honest answer, or at
/// once when going on could do harm. Read [io.replog.node.shutdown.FailStop] first, then
/// [io.replog.node.shutdown.StopsFirst].
@NullMarked
package io.replog.node.shutdown;

import org.jspecify.annotations.NullMarked;
