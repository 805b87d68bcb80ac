/// A node without a role, to test what every node has. It replicates nothing. Read
/// [io.replog.testnode.RunningNode] first.
@NullMarked
package io.replog.testnode;

import org.jspecify.annotations.NullMarked;
