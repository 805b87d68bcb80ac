package io.replog.client.tls;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The PEM files that a connection to a node needs.
///
/// @param authority whose certificates are trusted; null = those that the JDK trusts
/// @param certificate what is shown to a node that asks for one, null = nothing
/// @param privateKey its key in PKCS #8, null where there is no certificate
public record TlsFiles(
    @Nullable Path authority, @Nullable Path certificate, @Nullable Path privateKey) {

  /// What the JDK does by itself.
  public static final TlsFiles NONE = new TlsFiles(null, null, null);

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final char[] NO_PASSWORD = {};

  /// The files of one name in a directory that [DevCa] has filled.
  public static TlsFiles in(Path directory, String name) {
    return new TlsFiles(
        directory.resolve("ca.crt"),
        directory.resolve(name + ".crt"),
        directory.resolve(name + ".key"));
  }

  /// `client` with these files; unchanged where there are none.
  ///
  /// @throws Failure if a file cannot be used
  public HttpClient.Builder applyTo(HttpClient.Builder client) {
    return equals(NONE) ? client : client.sslContext(context());
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw Failure.usage("TLS cannot be used: " + unusable.getMessage());
    }
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (certificate == null || privateKey == null) {
      return null;
    }
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    store.setKeyEntry("own", privateKey(privateKey), NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (authority == null) {
      return null;
    }
    KeyStore store = emptyStore();
    for (Certificate trusted : certificates(authority)) {
      store.setCertificateEntry("ca-" + store.size(), trusted);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return found;
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decoded(base64, file));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException _) {
        continue;
      }
    }
    throw new IOException(file + " holds no private key in PKCS #8");
  }

  private static byte[] decoded(String base64, Path file) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new IOException(file + " is no PEM");
    }
  }
}
