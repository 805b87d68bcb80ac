/// The version log of a node: when it took what, and from whom, for people to read afterwards.
/// Nothing depends on it; what cannot be written is left out. Read
/// [io.replog.node.versions.VersionLog] first.
@NullMarked
package io.replog.node.versions;

import org.jspecify.annotations.NullMarked;
