/// Sends those who want to write to the master. Appends nothing. Read
/// [io.replog.follower.redirect.AddController] first.
@NullMarked
package io.replog.follower.redirect;

import org.jspecify.annotations.NullMarked;
