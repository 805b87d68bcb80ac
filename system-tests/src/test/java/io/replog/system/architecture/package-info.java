/// Keeps the modules in the rooms that `docs/architecture.md` gives them, by looking at the
/// compiled classes of the whole project. It says nothing about behaviour and starts nothing. Read
/// [io.replog.system.architecture.Rules] first; what each rule catches is beside it in
/// `counterexample`.
@NullMarked
package io.replog.system.architecture;

import org.jspecify.annotations.NullMarked;
