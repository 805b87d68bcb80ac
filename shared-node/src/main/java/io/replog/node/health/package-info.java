/// What a node says of itself to people and probes. It measures nothing: it asks. Read
/// [io.replog.node.health.NodeHealth] first.
@NullMarked
package io.replog.node.health;

import org.jspecify.annotations.NullMarked;
