/// What the shared pages about messages ask a master: its epoch, and who holds what. It holds no
/// state. Read [io.replog.master.messages.MasterHolders] first.
@NullMarked
package io.replog.master.messages;

import org.jspecify.annotations.NullMarked;
