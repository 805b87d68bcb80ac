/// Keeps entries on disk: codec, segments, index, group commit, recovery. It decides nothing about
/// masters and followers, knows no HTTP, and never deletes an entry. Read
/// [io.replog.log.DurableLog] first, then `docs/log-format.md`.
@NullMarked
package io.replog.log;

import org.jspecify.annotations.NullMarked;
