/// Every refusal of a node, from a malformed request line to a full disk, as one body for people
/// and machines. It decides no refusal itself. Read [io.replog.node.problem.Refusal] first, then
/// [io.replog.node.problem.Problem].
@NullMarked
package io.replog.node.problem;

import org.jspecify.annotations.NullMarked;
