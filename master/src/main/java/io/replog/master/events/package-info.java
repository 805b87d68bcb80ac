/// What the core says has happened, for whoever wants to know, and the log lines that people read.
/// Nothing here reaches back into the core. Read [io.replog.master.events.MasterListener] first.
@NullMarked
package io.replog.master.events;

import org.jspecify.annotations.NullMarked;
