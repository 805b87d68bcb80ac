/// Log lines that a person can follow, and the limit that keeps them readable under load. They
/// carry no texts of messages unless told so. Read [io.replog.node.events.EventLog] first.
@NullMarked
package io.replog.node.events;

import org.jspecify.annotations.NullMarked;
