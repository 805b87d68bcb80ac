package io.replog.node.tls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/// How this node begins connections to others: with its own certificate, trusting `TLS_CA`, or
/// plainly.
public final class OutgoingTls {

  /// Without effect.
  public static final OutgoingTls PLAIN = new OutgoingTls(null);

  private final @Nullable SslBundles bundles;

  /// The framework never forgets a handler, so it has one, and these are ours.
  private final Set<Renewal> renewals = ConcurrentHashMap.newKeySet();

  /// Somebody who is told of renewals.
  @FunctionalInterface
  public interface Registration {

    /// From now on nobody is told; without effect the second time.
    void cancel();
  }

  /// One registration; unlike its action it equals only itself.
  private static final class Renewal {

    private final Runnable action;

    private Renewal(Runnable action) {
      this.action = action;
    }
  }

  /// @param bundles has the one of this node, null = connections are plain
  public OutgoingTls(@Nullable SslBundles bundles) {
    this.bundles = bundles;
    if (bundles != null) {
      bundles.addBundleUpdateHandler(TlsProperties.BUNDLE, _ -> renewed());
    }
  }

  private void renewed() {
    renewals.forEach(renewal -> renewal.action.run());
  }

  /// Encrypts with the files as they are now, for good.
  public Encryption present() {
    return new Encryption(
        bundles == null ? null : bundles.getBundle(TlsProperties.BUNDLE).createSslContext());
  }

  /// Has `action` run, on a thread of the framework, each time that the files have changed, until
  /// the registration is cancelled.
  public Registration whenRenewed(Runnable action) {
    Renewal renewal = new Renewal(action);
    if (bundles != null) {
      renewals.add(renewal);
    }
    return () -> renewals.remove(renewal);
  }
}
