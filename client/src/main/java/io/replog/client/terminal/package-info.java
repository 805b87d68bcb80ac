/// How replog writes to a terminal: colour only where there is one, tables, and texts of others
/// made harmless. It knows nothing of clusters. Read [io.replog.client.terminal.Console] first.
@NullMarked
package io.replog.client.terminal;

import org.jspecify.annotations.NullMarked;
