/// The branches: each has a database with a table of sales, from which every new and every changed
/// row is sent to the log. Which rows those are is noted by triggers in the branch's own database,
/// so nothing is sent twice and nothing is forgotten. Read [io.replog.connectors.branches.Branch]
/// next.
@NullMarked
package io.replog.connectors.branches;

import org.jspecify.annotations.NullMarked;
