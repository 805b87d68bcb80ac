/// Who may talk to a node: nodes by the token of the cluster and their certificates, clients by
/// their keys and roles, anybody where nothing is asked. It encrypts nothing and bounds nobody's
/// share. Read [io.replog.node.security.Area] first, then [io.replog.node.security.Identity].
@NullMarked
package io.replog.node.security;

import org.jspecify.annotations.NullMarked;
