/// The one thread that owns the master's core, and everything that carries its wishes out. It holds
/// no opinion of its own. Read [io.replog.master.cluster.MasterLoop] first, then
/// [io.replog.master.cluster.EffectPerformer].
@NullMarked
package io.replog.master.cluster;

import org.jspecify.annotations.NullMarked;
