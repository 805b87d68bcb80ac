/// The program behind `replog bench`: puts load on a cluster, runs the same work against other
/// systems beside it, and measures the inner parts one by one. Nothing of it runs in a node, and
/// nothing of it is judged by the build. Read [io.replog.benchmarks.BenchCommand] first.
@NullMarked
package io.replog.benchmarks;

import org.jspecify.annotations.NullMarked;
