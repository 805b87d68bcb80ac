package io.replog.node.tls;

import java.net.http.HttpClient;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/// How this node begins connections to others: with its own certificate, trusting `TLS_CA`, or
/// plainly.
public final class OutgoingTls {

  /// Without effect.
  public static final OutgoingTls PLAIN = new OutgoingTls(null);

  private final @Nullable SslBundles bundles;

  /// @param bundles has the one of this node, null = connections are plain
  OutgoingTls(@Nullable SslBundles bundles) {
    this.bundles = bundles;
  }

  /// `client` with the files as they are now.
  public HttpClient.Builder applyTo(HttpClient.Builder client) {
    if (bundles == null) {
      return client;
    }
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {TlsProperties.PROTOCOL});
    return client
        .sslContext(bundles.getBundle(TlsProperties.BUNDLE).createSslContext())
        .sslParameters(parameters);
  }

  /// Has `action` run, on a thread of the framework, each time that the files have changed.
  public void whenRenewed(Runnable action) {
    if (bundles != null) {
      bundles.addBundleUpdateHandler(TlsProperties.BUNDLE, _ -> action.run());
    }
  }
}
