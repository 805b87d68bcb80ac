/// Mistakes made on purpose, for the static analysis to find: `.ci/analysis` fails when it does
/// not. Nothing here is ever run. Read [io.replog.planted.Planted].
package io.replog.planted;
