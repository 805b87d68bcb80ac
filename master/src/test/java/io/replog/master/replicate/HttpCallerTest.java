package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestFollower;
import io.replog.node.call.HttpCaller;
import io.replog.node.call.HttpCaller.Reply;
import io.replog.node.tls.OutgoingTls;
import io.replog.node.tls.TlsProperties;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/// Renewing certificates replaces the connections of a caller that is open, and of no other.
class HttpCallerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DefaultSslBundleRegistry bundles =
      new DefaultSslBundleRegistry(TlsProperties.BUNDLE, SslBundle.of(SslStoreBundle.NONE));
  private final TestFollower follower = new TestFollower("follower-1");
  private final HttpCaller caller = new HttpCaller(64 << 10, new OutgoingTls(bundles));

  @AfterEach
  void stop() {
    caller.close();
    follower.close();
  }

  @Test
  void callsOnWhenCertificatesAreRenewed() {
    renew();

    assertThat(call()).isInstanceOf(Reply.Answered.class);
  }

  @Test
  void staysClosedWhenCertificatesAreRenewed() {
    caller.close();

    renew();

    assertThat(call()).isInstanceOf(Reply.Lost.class);
  }

  private void renew() {
    bundles.updateBundle(TlsProperties.BUNDLE, SslBundle.of(SslStoreBundle.NONE));
  }

  private Reply call() {
    URI uri = URI.create(follower.setting().replace("follower-1=", "") + "/health");
    return caller.call(new BasicClassicHttpRequest(Method.GET, uri), PATIENCE);
  }
}
