/// What a master, or a hand, sends to a follower: batches, plain messages, heartbeats. Checks their
/// form and maps the answers to HTTP. Read [io.replog.follower.replicate.ReplicateController]
/// first.
@NullMarked
package io.replog.follower.replicate;

import org.jspecify.annotations.NullMarked;
