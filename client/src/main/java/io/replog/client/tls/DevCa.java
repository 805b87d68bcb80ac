package io.replog.client.tls;

import io.replog.client.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A certificate authority in a directory, for development and small clusters of one's own:
/// `ca.crt`, and `NAME.crt` and `NAME.key` for each node, in PEM. The JDK's `keytool` does the
/// work.
///
/// Who can read the directory can pretend to be any node; it is readable by its owner alone.
public final class DevCa {

  private static final String ALIAS = "replog-ca";

  /// What protects the keys is the mode of the directory: `keytool` merely wants a password.
  private static final String PASSWORD = "replog-dev-ca";

  private static final String AUTHORITY_DAYS = "3650";
  private static final String NODE_DAYS = "825";
  private static final int PEM_LINE = 64;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path directory;
  private final Path store;

  private DevCa(Path directory) {
    this.directory = directory;
    this.store = directory.resolve("ca.p12");
  }

  /// The authority in `directory`, made first where there is none.
  ///
  /// @throws Failure if it cannot be made
  public static DevCa in(Path directory) {
    DevCa authority = new DevCa(directory.toAbsolutePath().normalize());
    try {
      Files.createDirectories(authority.directory, OWNER_ONLY);
      if (!Files.exists(authority.store)) {
        authority.create();
      }
      return authority;
    } catch (IOException failed) {
      throw Failure.refused(directory + " cannot be used: " + failed.getMessage());
    }
  }

  private void create() throws IOException {
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=replog development CA",
            "-ext",
            "bc:critical=ca:true,pathlen:0",
            "-ext",
            "ku:critical=keyCertSign,cRLSign",
            "-validity",
            AUTHORITY_DAYS));
    write("ca.crt", pem("CERTIFICATE", encoded(certificates(ALIAS).getFirst())));
  }

  /// Makes a new key and certificate for a node, in place of those that it had. Each file changes
  /// as one step, the certificate last.
  ///
  /// @param name of the node; its certificate is for this host name and for those of `hosts`
  /// @param hosts names and addresses under which others reach it
  /// @throws Failure if that cannot be done
  public void issue(String name, Collection<String> hosts) {
    try {
      forget(name);
      keytool(request(name, hosts));
      write(name + ".key", pem("PRIVATE KEY", key(name).getEncoded()));
      write(name + ".crt", chain(name));
    } catch (IOException failed) {
      throw Failure.refused("no certificate for " + name + ": " + failed.getMessage());
    }
  }

  private static List<String> request(String name, Collection<String> hosts) {
    String names =
        Stream.concat(Stream.of("dns:" + name), hosts.stream().map(DevCa::alternativeName))
            .collect(Collectors.joining(","));
    return List.of(
        "-genkeypair",
        "-alias",
        name,
        "-signer",
        ALIAS,
        "-dname",
        "CN=" + name,
        "-ext",
        "san=" + names,
        "-ext",
        "eku=serverAuth,clientAuth",
        "-ext",
        "ku:critical=digitalSignature",
        "-validity",
        NODE_DAYS);
  }

  private static String alternativeName(String host) {
    return (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host;
  }

  private void forget(String name) throws IOException {
    if (!certificates(name).isEmpty()) {
      keytool(List.of("-delete", "-alias", name));
    }
  }

  private String chain(String name) throws IOException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : certificates(name)) {
      chain.append(pem("CERTIFICATE", encoded(certificate)));
    }
    return chain.toString();
  }

  private void keytool(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    if (arguments.contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + output);
      }
    } catch (InterruptedException ended) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }

  private List<Certificate> certificates(String alias) throws IOException {
    try {
      Certificate[] chain = load().getCertificateChain(alias);
      return chain == null ? List.of() : List.of(chain);
    } catch (GeneralSecurityException damaged) {
      throw new IOException(store + " is damaged", damaged);
    }
  }

  private Key key(String alias) throws IOException {
    try {
      return load().getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException damaged) {
      throw new IOException(store + " is damaged", damaged);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    return loaded;
  }

  private static byte[] encoded(Certificate certificate) throws IOException {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException damaged) {
      throw new IOException("a certificate is damaged", damaged);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String base64 =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
  }

  private void write(String name, String text) throws IOException {
    Path written = Files.createTempFile(directory, name, ".new");
    Files.writeString(written, text);
    Files.move(
        written,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
