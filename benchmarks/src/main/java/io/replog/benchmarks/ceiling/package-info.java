/// A web application that does nothing, on the same web server and the same kind of threads as a
/// node: what an add could reach at most if it cost nothing. It is a program of its own. Read
/// [io.replog.benchmarks.ceiling.CeilingApplication] first.
@NullMarked
package io.replog.benchmarks.ceiling;

import org.jspecify.annotations.NullMarked;
