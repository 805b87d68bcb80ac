/// What lets one thread at a time step a state machine, its queue and its calls. It decides nothing
/// and knows no protocol. Read [io.replog.node.loop.CoreLoop] first.
@NullMarked
package io.replog.node.loop;

import org.jspecify.annotations.NullMarked;
