/// Clients that write and read while nodes come and go, and note everything in a history; and the
/// one who makes them go. It judges nothing. Read [io.replog.system.load.Writer] first.
@NullMarked
package io.replog.system.load;

import org.jspecify.annotations.NullMarked;
