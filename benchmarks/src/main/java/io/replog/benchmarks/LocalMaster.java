package io.replog.benchmarks;

import io.replog.client.Home;
import io.replog.client.cluster.NodeSpec;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where load goes that names no node: to the master of the cluster that `./replog up` has started.
final class LocalMaster {

  private LocalMaster() {}

  /// Whether load can go there: it speaks HTTP without TLS.
  static boolean isPlain(@Nullable URI named) {
    return named == null || "http".equals(named.getScheme());
  }

  /// @param named null for the local master
  static InetSocketAddress address(@Nullable URI named) {
    URI address = named == null ? url() : named;
    return new InetSocketAddress(address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
  }

  private static URI url() {
    return URI.create(
        Home.of(Path.of("").toAbsolutePath(), System.getenv()).cluster().url(NodeSpec.MASTER));
  }
}
