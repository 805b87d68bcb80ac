/// A bad network, made by a proxy between a master and one of its followers: slow, silent, one-way,
/// or cutting connections in the middle of a message. It knows bytes, not HTTP. Read
/// [io.replog.system.link.Link] first.
@NullMarked
package io.replog.system.link;

import org.jspecify.annotations.NullMarked;
