/// Classes that break the rules on purpose. Nothing uses them but
/// [io.replog.system.architecture.RulesTest].
@NullMarked
package io.replog.system.architecture.counterexample.broker;

import org.jspecify.annotations.NullMarked;
