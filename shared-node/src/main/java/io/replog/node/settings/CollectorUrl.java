package io.replog.node.settings;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where a master sends traces: scheme, host, port, and a path if the collector has one.
final class CollectorUrl {

  private static final String VARIABLE = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String FORM = "a URL such as http://collector:4318 or https://host/otlp";

  private CollectorUrl() {}

  /// Null when traces stay here.
  static @Nullable URI read(Variables variables) {
    return variables.text(VARIABLE).map(CollectorUrl::parse).orElse(null);
  }

  private static URI parse(String url) {
    URI uri = wellFormed(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    if (uri == null || !namesPlace(uri)) {
      throw new BadSettingException(VARIABLE, url, FORM);
    }
    return uri;
  }

  private static @Nullable URI wellFormed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /// Whether it names a place and nothing else.
  private static boolean namesPlace(URI uri) {
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
    return web && bare && uri.getHost() != null && uri.getRawUserInfo() == null;
  }
}
