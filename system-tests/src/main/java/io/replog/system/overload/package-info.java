/// Measures what a sick follower and ten times the load cost, in one run against the healthy
/// cluster of the same minutes, so that anybody can repeat it. It needs real time and a machine
/// with nothing else to do; the build checks only the verdict. Read
/// [io.replog.system.overload.OverloadCommand] first.
@NullMarked
package io.replog.system.overload;

import org.jspecify.annotations.NullMarked;
