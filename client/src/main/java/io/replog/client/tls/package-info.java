/// Certificates for the command: the ones it shows and trusts when it talks to nodes, and those
/// that it makes for a cluster of one's own. It asks no node anything. Read
/// [io.replog.client.tls.TlsFiles] first, then [io.replog.client.tls.DevCa].
@NullMarked
package io.replog.client.tls;

import org.jspecify.annotations.NullMarked;
