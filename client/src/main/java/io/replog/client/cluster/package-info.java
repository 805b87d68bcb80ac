/// Runs the nodes of a cluster as real processes on this machine and keeps the books about them. It
/// knows neither the command line nor the content of messages; system tests use it as it is. Read
/// [io.replog.client.cluster.LocalCluster] first, then [io.replog.client.cluster.NodeProcess].
@NullMarked
package io.replog.client.cluster;

import org.jspecify.annotations.NullMarked;
