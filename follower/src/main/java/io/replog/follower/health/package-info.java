/// What a follower says of itself, to people and as metrics. It asks, it measures nothing. Read
/// [io.replog.follower.health.HealthController] first.
@NullMarked
package io.replog.follower.health;

import org.jspecify.annotations.NullMarked;
