/// The vocabulary that every part of the replicated log shares: entries, positions, identifiers and
/// the records that travel as JSON. It decides nothing and touches nothing outside the process.
/// Read [io.replog.model.Entry] first, then [io.replog.model.Position].
@NullMarked
package io.replog.model;

import org.jspecify.annotations.NullMarked;
