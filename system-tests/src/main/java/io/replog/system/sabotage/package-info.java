/// Takes one protection away from a real node, so that a check can be seen to fail: the body of a
/// named method becomes `return`. Nothing of it is in the nodes; they are given a Java agent by
/// their options. Read [io.replog.system.sabotage.Sabotage] first.
@NullMarked
package io.replog.system.sabotage;

import org.jspecify.annotations.NullMarked;
