/// What a starting master takes from a follower. Reads only. Read
/// [io.replog.follower.pull.EntriesController] first.
@NullMarked
package io.replog.follower.pull;

import org.jspecify.annotations.NullMarked;
