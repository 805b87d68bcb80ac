package io.replog.system.kit;

import io.replog.client.tls.DevCa;
import io.replog.client.tls.TlsFiles;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An authority of a test, and clients that show and trust its certificates.
public final class Certificates {

  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1");

  private final Path directory;
  private final DevCa authority;

  /// @param directory where its files are; made where there are none
  public Certificates(Path directory) {
    this.directory = directory;
    this.authority = DevCa.in(directory);
  }

  public Path directory() {
    return directory;
  }

  public Path authorityFile() {
    return directory.resolve("ca.crt");
  }

  /// New certificates for these names, in place of those before.
  public Certificates issue(String... names) {
    for (String name : names) {
      authority.issue(name, THIS_MACHINE);
    }
    return this;
  }

  /// Trusts this authority and shows nothing.
  public HttpClient stranger() {
    return client(authorityFile(), null, null);
  }

  /// Trusts this authority and shows the certificate of `name`.
  public HttpClient holderOf(String name) {
    return client(
        authorityFile(), directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
  }

  /// Trusts `trusted` and shows the certificate of `name` by this authority.
  public HttpClient holderOf(String name, Certificates trusted) {
    return client(
        trusted.authorityFile(),
        directory.resolve(name + ".crt"),
        directory.resolve(name + ".key"));
  }

  private static HttpClient client(
      Path trusted, @Nullable Path certificate, @Nullable Path privateKey) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    return new TlsFiles(trusted, certificate, privateKey).applyTo(builder).build();
  }
}
