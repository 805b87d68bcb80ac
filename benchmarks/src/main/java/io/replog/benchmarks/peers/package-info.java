/// Other systems that do the same work: how three nodes of each are started on loopback, what their
/// clients say, and a run that takes them in turns. Nothing of them is built here; they are
/// installed, and they are ended by their process. Read
/// [io.replog.benchmarks.peers.SideBySideCommand] first.
@NullMarked
package io.replog.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
