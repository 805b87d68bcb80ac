/// Connects other systems with the log: a process of its own that knows the cluster by its HTTP
/// contract only. It holds no message that is not in the log, so it may be killed at any moment and
/// started anywhere. Read [io.replog.connectors.log.LogClient] next.
@NullMarked
package io.replog.connectors;

import org.jspecify.annotations.NullMarked;
