/// The table of keys and values that the transactions of a log make, and how transactions are
/// written. It decides on values alone: no thread, no clock, no file; who reads the log and who
/// answers is elsewhere. Read [io.replog.table.Transaction] first, then [io.replog.table.Table].
@NullMarked
package io.replog.table;

import org.jspecify.annotations.NullMarked;
