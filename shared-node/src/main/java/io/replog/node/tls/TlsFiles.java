package io.replog.node.tls;

import io.replog.node.security.PrivateFiles;
import io.replog.node.settings.TlsSettings;
import io.replog.node.settings.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/// Reads the files of [TlsSettings] once before anything else does, so that what is wrong with them
/// is said in one line.
public final class TlsFiles {

  /// How a key of each kind signs; kinds that are not here are taken as they come.
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  private static final byte[] PROBE = {1};

  private TlsFiles() {}

  /// @throws UnusableException if one of the files cannot be used
  public static void check(@Nullable TlsSettings tls) {
    if (tls == null) {
      return;
    }
    List<X509Certificate> chain = certificates("TLS_CERTIFICATE", tls.certificate());
    if (!belongTogether(privateKey(tls.privateKey()), chain.getFirst().getPublicKey())) {
      throw unusable("TLS_PRIVATE_KEY", tls.privateKey(), "it is not the key of TLS_CERTIFICATE");
    }
    if (tls.authority() != null) {
      certificates("TLS_CA", tls.authority());
    }
  }

  private static List<X509Certificate> certificates(String variable, Path file) {
    return read(variable, file, PemContent::getCertificates, "it holds no certificate in PEM");
  }

  private static PrivateKey privateKey(Path file) {
    PrivateKey key =
        read(
            "TLS_PRIVATE_KEY",
            file,
            PemContent::getPrivateKey,
            "it holds no private key in PEM without a password");
    try {
      PrivateFiles.refuseReadableByAll(file);
      return key;
    } catch (IOException open) {
      throw unusable("TLS_PRIVATE_KEY", file, reason(open));
    }
  }

  /// @param otherwise what is said where `part` finds nothing, for which the parser has an
  ///   exception
  private static <T> T read(
      String variable, Path file, Function<PemContent, @Nullable T> part, String otherwise) {
    try {
      T found = part.apply(PemContent.of(Files.readString(file)));
      if (found != null) {
        return found;
      }
    } catch (IOException unreadable) {
      throw unusable(variable, file, reason(unreadable));
    } catch (IllegalStateException | IllegalArgumentException malformed) {
      throw unusable(variable, file, otherwise);
    }
    throw unusable(variable, file, otherwise);
  }

  /// Whether a private and a public key are two halves of one.
  private static boolean belongTogether(PrivateKey own, PublicKey shown) {
    String algorithm = SIGNATURES.get(shown.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(own);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(shown);
      verifying.update(PROBE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException differs) {
      return false;
    }
  }

  private static UnusableException unusable(String variable, Path file, String why) {
    return new UnusableException("%s=%s cannot be used: %s".formatted(variable, file, why));
  }

  private static String reason(IOException unreadable) {
    return unreadable instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(unreadable.getMessage());
  }
}
