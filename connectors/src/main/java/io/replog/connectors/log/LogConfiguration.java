package io.replog.connectors.log;

import io.replog.connectors.settings.ConnectorsSettings;
import io.replog.connectors.settings.ConnectorsSettings.TlsFiles;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/// Makes the one [LogClient], by the settings.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /// Of a whole exchange; well above what an append may wait for other nodes.
  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(30);

  @Bean
  LogClient logClient(ConnectorsSettings settings, JsonMapper json) {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(httpClient(settings.tls()));
    requests.setReadTimeout(EXCHANGE_LIMIT);
    RestClient.Builder rest =
        RestClient.builder().requestFactory(requests).baseUrl(settings.logUrl().toString());
    String key = settings.logKey();
    if (key != null) {
      rest.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key);
    }
    return new LogClient(rest.build(), json);
  }

  /// Follows a follower's redirect to its master, method and body included.
  private static HttpClient httpClient(TlsFiles tls) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT);
    if (tls.authority() != null || tls.certificate() != null) {
      client.sslContext(bundle(tls).createSslContext());
    }
    return client.build();
  }

  private static SslBundle bundle(TlsFiles tls) {
    PemSslStoreDetails own =
        PemSslStoreDetails.forCertificate(resource(tls.certificate()))
            .withPrivateKey(resource(tls.privateKey()));
    PemSslStoreDetails trusted = PemSslStoreDetails.forCertificate(resource(tls.authority()));
    return SslBundle.of(new PemSslStoreBundle(own, trusted));
  }

  private static @Nullable String resource(@Nullable Path file) {
    return file == null ? null : "file:" + file;
  }
}
