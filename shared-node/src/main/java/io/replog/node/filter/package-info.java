/// What stands before every handler is built on this. It knows no path and no rule. Read
/// [io.replog.node.filter.RequestFilter].
@NullMarked
package io.replog.node.filter;

import org.jspecify.annotations.NullMarked;
