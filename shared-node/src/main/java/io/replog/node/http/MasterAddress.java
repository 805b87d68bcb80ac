package io.replog.node.http;

import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/// Where clients find the master: `MASTER_PUBLIC_URL`, else the host that the client used with
/// `MASTER_PORT`. A client that names no host has used the address that it is connected to.
@Component
public final class MasterAddress {

  private final NodeSettings settings;

  MasterAddress(NodeSettings settings) {
    this.settings = settings;
  }

  /// Scheme, host and port, without a slash at the end.
  public String of(HttpServletRequest request) {
    String url = settings.masterPublicUrl();
    return url != null
        ? url
        : "%s://%s:%d".formatted(request.getScheme(), host(request), settings.masterPort());
  }

  private static String host(HttpServletRequest request) {
    String named = request.getServerName();
    String name = named == null || named.isEmpty() ? request.getLocalAddr() : named;
    return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
  }
}
