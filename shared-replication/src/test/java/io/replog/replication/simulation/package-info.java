/// Whole clusters in virtual time: the real cores of master and followers over a simulated network
/// and simulated disks, with faults drawn from a seed and invariants checked after every event. It
/// starts no thread and touches no socket or file of its own, so a seed repeats a run exactly. Read
/// [io.replog.replication.simulation.SimulatedCluster] first, then
/// [io.replog.replication.simulation.Invariants].
@NullMarked
package io.replog.replication.simulation;

import org.jspecify.annotations.NullMarked;
