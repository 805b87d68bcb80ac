package io.replog.client.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCaTest {

  @TempDir private Path root;

  @Test
  void makesCertificateForEachNodeOfTheCluster() throws Exception {
    Files.writeString(root.resolve(".env"), "FOLLOWER_1_PORT=7002\n");
    Path ca = root.resolve("ca");

    Invocation run =
        Invocation.run(root, Map.of(), "dev-ca", ca.toString(), "--host", "db.example");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("master, follower-1");
    X509Certificate authority = certificates(ca.resolve("ca.crt")).getFirst();
    X509Certificate follower = certificates(ca.resolve("follower-1.crt")).getFirst();
    follower.verify(authority.getPublicKey());
    assertThat(follower.getSubjectAlternativeNames().toString())
        .contains("follower-1", "localhost", "127.0.0.1", "db.example");
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(follower.getBasicConstraints()).isEqualTo(-1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ca)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(ca.resolve("master.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void renewsCertificateByTheSameAuthority() throws Exception {
    DevCa.in(root).issue("master", List.of("localhost"));
    X509Certificate before = certificates(root.resolve("master.crt")).getFirst();

    DevCa.in(root).issue("master", List.of("localhost"));

    X509Certificate after = certificates(root.resolve("master.crt")).getFirst();
    assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    after.verify(certificates(root.resolve("ca.crt")).getFirst().getPublicKey());
  }

  private static List<X509Certificate> certificates(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }
}
