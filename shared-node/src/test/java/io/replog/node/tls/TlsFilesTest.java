package io.replog.node.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.settings.TlsSettings;
import io.replog.node.settings.TlsSettings.ClientAuth;
import io.replog.node.settings.UnusableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {

  private static final String PASSWORD = "password";

  @TempDir static Path directory;

  @BeforeAll
  static void writeFiles() throws Exception {
    writePair("own");
    writePair("other");
    Files.writeString(directory.resolve("none.crt"), "nothing\n");
    Files.copy(directory.resolve("own.key"), directory.resolve("open.key"));
    Files.setPosixFilePermissions(
        directory.resolve("open.key"), PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static void writePair(String name) throws Exception {
    Path store = directory.resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-dname",
            "CN=" + name,
            "-keyalg",
            "EC",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    new ProcessBuilder(command).inheritIO().start().waitFor();
    KeyStore pair = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      pair.load(in, PASSWORD.toCharArray());
    }
    write(name + ".crt", "CERTIFICATE", pair.getCertificate(name).getEncoded());
    write(name + ".key", "PRIVATE KEY", pair.getKey(name, PASSWORD.toCharArray()).getEncoded());
  }

  private static void write(String name, String what, byte[] bytes) throws Exception {
    String base64 = Base64.getMimeEncoder().encodeToString(bytes);
    Path file =
        Files.writeString(
            directory.resolve(name),
            "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void takesCertificateWithItsKey() {
    assertThatCode(() -> check("own.crt", "own.key", "other.crt")).doesNotThrowAnyException();
    assertThatCode(() -> TlsFiles.check(null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "missing.crt, own.key, own.crt, TLS_CERTIFICATE, there is no such file",
    "none.crt, own.key, own.crt, TLS_CERTIFICATE, it",
    "own.crt, missing.key, own.crt, TLS_PRIVATE_KEY, there is no such file",
    "own.crt, own.crt, own.crt, TLS_PRIVATE_KEY, it holds no private key",
    "own.crt, other.key, own.crt, TLS_PRIVATE_KEY, it is not the key of TLS_CERTIFICATE",
    "own.crt, open.key, own.crt, TLS_PRIVATE_KEY, everybody can read it",
    "own.crt, own.key, missing.crt, TLS_CA, there is no such file",
    "own.crt, own.key, own.key, TLS_CA, it holds no certificate"
  })
  void saysInOneLineWhichFileCannotBeUsed(
      String certificate, String key, String authority, String variable, String why) {
    assertThatThrownBy(() -> check(certificate, key, authority))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith(variable + "=" + directory)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private static void check(String certificate, String key, String authority) {
    TlsFiles.check(
        new TlsSettings(
            directory.resolve(certificate),
            directory.resolve(key),
            directory.resolve(authority),
            ClientAuth.NONE,
            List.of()));
  }
}
