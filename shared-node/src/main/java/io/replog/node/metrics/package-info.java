/// The meters that every node has. They listen; they never reach into state. Read
/// [io.replog.node.metrics.NodeMeters] first.
@NullMarked
package io.replog.node.metrics;

import org.jspecify.annotations.NullMarked;
