/// What the master says of itself and of every follower: `GET /health`, the probes, and the list of
/// what it serves. It changes nothing. Read [io.replog.master.health.HealthController] first.
@NullMarked
package io.replog.master.health;

import org.jspecify.annotations.NullMarked;
