package io.replog.node.http;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where clients find the master: `MASTER_PUBLIC_URL`, else the host that the client used with
/// `MASTER_PORT`. A client that names no host has used the address that it is connected to. A layer
/// node takes from its upstream what it was not told itself.
@Component
public final class MasterAddress {

  private final NodeSettings settings;

  /// What the upstream of a layer node last said, null on every other node and before.
  private volatile @Nullable Learned learned;

  private record Learned(@Nullable String publicUrl, int port) {}

  public MasterAddress(NodeSettings settings) {
    this.settings = settings;
  }

  /// Scheme, host and port, without a slash at the end.
  public String of(HttpServletRequest request) {
    String url = publicUrl();
    return url != null
        ? url
        : "%s://%s:%d".formatted(request.getScheme(), host(request), port(request));
  }

  /// The same call at the master, query included.
  public String sameCall(HttpServletRequest request) {
    String query = request.getQueryString();
    return of(request) + request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  /// The upstream says where it finds the master itself.
  public void learn(@Nullable String publicUrl, int port) {
    learned = new Learned(publicUrl, port);
  }

  /// The master as clients reach it from anywhere, null where nobody has said so.
  public @Nullable String publicUrl() {
    Learned known = learned;
    String own = settings.masterPublicUrl();
    return own == null && known != null ? known.publicUrl() : own;
  }

  /// The port of the master, for who has reached this node by `request`.
  public int port(HttpServletRequest request) {
    Learned known = learned;
    if (known != null) {
      return known.port();
    }
    return settings.role() == Role.MASTER ? request.getLocalPort() : settings.masterPort();
  }

  private static String host(HttpServletRequest request) {
    String named = request.getServerName();
    String name = named == null || named.isEmpty() ? request.getLocalAddr() : named;
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }
}
