/// What the tests of real processes are written with: a cluster on free ports, a client for each of
/// its nodes, raw sockets, a live tail. It judges nothing; the tests do. Read
/// [io.replog.system.kit.TestCluster] first.
@NullMarked
package io.replog.system.kit;

import org.jspecify.annotations.NullMarked;
