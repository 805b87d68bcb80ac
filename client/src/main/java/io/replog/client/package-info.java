/// The `replog` program: the terminal client and the local cluster runner behind one command line.
/// It speaks HTTP to the nodes and signals to their processes; it never opens their files. Read
/// [io.replog.client.Replog] first, then [io.replog.client.cluster.LocalCluster].
@NullMarked
package io.replog.client;

import org.jspecify.annotations.NullMarked;
