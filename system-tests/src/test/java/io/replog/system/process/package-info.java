/// Clusters of real processes, looked at from outside: the contract, and what happens when nodes
/// are killed, paused, emptied or late. Nothing here knows a class of master or follower. Read
/// [io.replog.system.process.SelfCheckTest] first.
@NullMarked
package io.replog.system.process;

import org.jspecify.annotations.NullMarked;
