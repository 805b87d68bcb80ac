/// What a sale is, in a row and in the log. The same on both ends of the way, so that neither can
/// mean something else. Read [io.replog.connectors.sale.Sale] next.
@NullMarked
package io.replog.connectors.sale;

import org.jspecify.annotations.NullMarked;
