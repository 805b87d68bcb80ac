/// The secret between the nodes and the paths that it protects. It knows no clients and no roles.
/// Read [io.replog.node.security.ClusterToken] first.
@NullMarked
package io.replog.node.security;

import org.jspecify.annotations.NullMarked;
