package io.replog.log;

import io.replog.model.Position;
import org.jspecify.annotations.Nullable;

/// A hole and what stands behind it.
///
/// @param behind first of the intact records behind it, null when the hole is open
/// @param islandEnd where these end, at the next hole or at the end of the log
record Gap(Hole hole, @Nullable Run behind, Position islandEnd) {}
