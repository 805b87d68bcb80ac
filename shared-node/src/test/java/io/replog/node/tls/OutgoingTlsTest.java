package io.replog.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

class OutgoingTlsTest {

  private final DefaultSslBundleRegistry bundles =
      new DefaultSslBundleRegistry(TlsProperties.BUNDLE, SslBundle.of(SslStoreBundle.NONE));
  private final OutgoingTls tls = new OutgoingTls(bundles);
  private final AtomicInteger told = new AtomicInteger();

  @Test
  void tellsOfEachRenewalUntilCancelled() {
    Runnable action = told::incrementAndGet;
    OutgoingTls.Registration first = tls.whenRenewed(action);
    tls.whenRenewed(action);

    renew();
    first.cancel();
    renew();

    assertThat(told).hasValue(3);
  }

  private void renew() {
    bundles.updateBundle(TlsProperties.BUNDLE, SslBundle.of(SslStoreBundle.NONE));
  }
}
