package io.replog.system.chaos;

/// What faults are done to.
record Arena(ChaosCluster cluster, Workload workload) {}
