package io.replog.node.tls;

import io.replog.node.settings.TlsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The settings in the words of Spring: one SSL bundle, used by the web server and by calls to
/// other nodes, and read again when one of its files changes.
public final class TlsProperties {

  /// Name of the bundle.
  public static final String BUNDLE = "node";

  static final String PROTOCOL = "TLSv1.3";

  private static final String PEM = "spring.ssl.bundle.pem." + BUNDLE + ".";

  private TlsProperties() {}

  /// Properties, `name=value`; none where connections are plain.
  public static List<String> of(@Nullable TlsSettings tls) {
    if (tls == null) {
      return List.of();
    }
    List<String> properties = new ArrayList<>();
    properties.add(PEM + "keystore.certificate=" + file(tls.certificate()));
    properties.add(PEM + "keystore.private-key=" + file(tls.privateKey()));
    if (tls.authority() != null) {
      properties.add(PEM + "truststore.certificate=" + file(tls.authority()));
    }
    properties.add(PEM + "options.enabled-protocols=" + PROTOCOL);
    properties.add(PEM + "reload-on-update=true");
    properties.add("server.ssl.bundle=" + BUNDLE);
    properties.add("server.ssl.client-auth=" + tls.clientAuth().name().toLowerCase(Locale.ROOT));
    return properties;
  }

  private static String file(Path path) {
    return "file:" + path;
  }
}
