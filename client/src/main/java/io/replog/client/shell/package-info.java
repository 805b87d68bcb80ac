/// The interactive client: one line after the other, each a word with its arguments or a text for
/// the log, through the same verbs as the command line. What a line means it decides without a
/// terminal; JLine is behind one class and is loaded only where somebody types. Read
/// [io.replog.client.shell.Line] first, then [io.replog.client.shell.Session].
@NullMarked
package io.replog.client.shell;

import org.jspecify.annotations.NullMarked;
