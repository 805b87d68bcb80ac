/// The page at `/`, which shows and steers the cluster from a browser: plain modules beside these
/// classes, served as they are. It knows nothing that `GET /cluster/events` and the other paths do
/// not tell. Read [io.replog.master.page.PageFilter] first, then `page.js`.
@NullMarked
package io.replog.master.page;

import org.jspecify.annotations.NullMarked;
