/// The Java agent that runs inside a sabotaged node. It stands on the JDK alone and is packed into
/// a jar of its own. Read [io.replog.system.sabotage.agent.SabotageAgent] first.
@NullMarked
package io.replog.system.sabotage.agent;

import org.jspecify.annotations.NullMarked;
