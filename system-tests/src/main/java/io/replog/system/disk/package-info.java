/// Disks whose power can be cut: a file system in a file, mounted by a loop device, and shut down
/// under whoever writes to it. It knows nothing of nodes and logs, and needs root. Read
/// [io.replog.system.disk.LoopDisk] first.
@NullMarked
package io.replog.system.disk;

import org.jspecify.annotations.NullMarked;
