/// Encrypted connections: what the settings mean for Spring's SSL bundles, in both directions. Who
/// may do what over a connection is decided elsewhere. Read [io.replog.node.tls.TlsProperties]
/// first, then [io.replog.node.security.Area].
@NullMarked
package io.replog.node.tls;

import org.jspecify.annotations.NullMarked;
