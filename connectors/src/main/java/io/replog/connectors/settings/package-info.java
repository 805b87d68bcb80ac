/// What all connectors share of settings: where they listen, where the log is, and by which keys.
/// What belongs to one connector is read in its own package, from the same variables. Read
/// [io.replog.connectors.settings.ConnectorsSettings] next.
@NullMarked
package io.replog.connectors.settings;

import org.jspecify.annotations.NullMarked;
