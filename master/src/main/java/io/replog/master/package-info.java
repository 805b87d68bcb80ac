/// The master: takes messages, keeps them, sends them to its followers and answers when enough
/// nodes hold them. What it decides is decided in `shared-replication`; here are the threads, calls
/// and pages around it. Read [io.replog.master.cluster.MasterLoop] next.
@NullMarked
package io.replog.master;

import org.jspecify.annotations.NullMarked;
