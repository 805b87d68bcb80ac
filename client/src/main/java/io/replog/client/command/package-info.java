/// The verbs that run a cluster on this machine: `up`, `down`, `ps`, `logs`, and what is done to a
/// single node. They only talk to the person; the work is the local cluster's. Read
/// [io.replog.client.command.RunnerCommands] first.
@NullMarked
package io.replog.client.command;

import org.jspecify.annotations.NullMarked;
