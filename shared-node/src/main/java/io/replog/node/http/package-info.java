/// The web server and what stands in front of every handler: limits on bodies, headers for safety,
/// cross-origin rules. It knows nothing of logs or replication. Read
/// [io.replog.node.http.BodyGuard] first.
@NullMarked
package io.replog.node.http;

import org.jspecify.annotations.NullMarked;
