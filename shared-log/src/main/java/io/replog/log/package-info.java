/// Keeps entries on disk: codec, segments, index, group commit, recovery. It decides nothing about
/// masters and followers, knows no HTTP, and deletes only what it is told to release. Read
/// [io.replog.log.DurableLog] first, then `docs/log-format.md`.
@NullMarked
package io.replog.log;

import org.jspecify.annotations.NullMarked;
