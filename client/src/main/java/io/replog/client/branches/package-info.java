/// The verbs for branch databases, and the client of the connectors behind them. They change
/// nothing by themselves: all is asked of the connectors over HTTP. Read
/// [io.replog.client.branches.BranchesCommand] next.
@NullMarked
package io.replog.client.branches;

import org.jspecify.annotations.NullMarked;
