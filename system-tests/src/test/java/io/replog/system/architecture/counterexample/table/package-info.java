/// Classes that break the rules on purpose. Nothing uses them but
/// [io.replog.system.architecture.RulesTest].
@NullMarked
package io.replog.system.architecture.counterexample.table;

import org.jspecify.annotations.NullMarked;
