/// The databases of others, reached through small pools: settings, the scheme that is migrated at
/// the first contact, and one name for every way of not being there. A database that is away is the
/// normal case here. Read [io.replog.connectors.database.Database] next.
@NullMarked
package io.replog.connectors.database;

import org.jspecify.annotations.NullMarked;
