/// Cuts the power of nodes, or of a single log, hundreds of times, and looks on their disks for
/// everything that was acknowledged before. The disks and their switches are in
/// `io.replog.system.disk`. Read [io.replog.system.power.PowerCutsCommand] first, then
/// [io.replog.system.power.ClusterRound] and [io.replog.system.power.LogRound].
@NullMarked
package io.replog.system.power;

import org.jspecify.annotations.NullMarked;
