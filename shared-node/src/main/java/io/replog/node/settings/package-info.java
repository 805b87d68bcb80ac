/// What a node is told from outside: environment variables, the `.env` file, and what they may
/// hold. It reads and checks once, before anything else runs, and never changes afterwards. Read
/// [io.replog.node.settings.NodeSettings] first.
@NullMarked
package io.replog.node.settings;

import org.jspecify.annotations.NullMarked;
