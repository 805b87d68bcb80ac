/// The table that this node makes of its log: followed by a thread of its own behind everything
/// that appends, read by key, by page, as a stream of changes and by transactions that only read.
/// It appends nothing. Read [io.replog.node.table.NodeTable] first, then
/// [io.replog.node.table.TableFollower].
@NullMarked
package io.replog.node.table;

import org.jspecify.annotations.NullMarked;
