/// The program behind `replog chaos` and `replog power-cuts`: torments a cluster of real processes
/// and says whether it kept its promises. It knows the nodes from outside only, by HTTP, signals
/// and files. Read [io.replog.system.history.Checker] first, then [io.replog.system.chaos].
@NullMarked
package io.replog.system;

import org.jspecify.annotations.NullMarked;
