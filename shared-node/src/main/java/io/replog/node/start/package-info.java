/// From `main` to a running node, or to one line that says why not. Read
/// [io.replog.node.start.NodeLauncher] first.
@NullMarked
package io.replog.node.start;

import org.jspecify.annotations.NullMarked;
