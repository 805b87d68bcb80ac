/// Calls from one node to another over HTTP/1.1, on the thread of the caller, with a bound on time
/// and size. Knows nothing of what is said; loss is an outcome, never an exception. Read
/// [io.replog.node.call.HttpCaller] first.
@NullMarked
package io.replog.node.call;

import org.jspecify.annotations.NullMarked;
