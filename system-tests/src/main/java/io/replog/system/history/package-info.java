/// What clients did and saw while nodes were tormented, and the judgement of it: was a promise
/// broken. It starts no process and knows no HTTP. Read [io.replog.system.history.History] first,
/// then [io.replog.system.history.Checker].
@NullMarked
package io.replog.system.history;

import org.jspecify.annotations.NullMarked;
