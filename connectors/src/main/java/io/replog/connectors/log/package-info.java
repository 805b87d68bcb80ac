/// The way to the log: appends under idempotency keys and reads in order, over the HTTP contract of
/// the nodes. It keeps apart what is certain not to have happened from what may have happened, and
/// it never retries by itself. Read [io.replog.connectors.log.LogClient] next.
@NullMarked
package io.replog.connectors.log;

import org.jspecify.annotations.NullMarked;
