/// The master's decisions: start, order, idempotency, progress of each follower, acknowledgements,
/// write concerns, health. It does not write, send or wait: each wish is a
/// [io.replog.replication.master.MasterEffect], each result a
/// [io.replog.replication.master.MasterInput]. Read [io.replog.replication.master.MasterCore]
/// first.
@NullMarked
package io.replog.replication.master;

import org.jspecify.annotations.NullMarked;
