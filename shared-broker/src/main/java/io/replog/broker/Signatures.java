package io.replog.broker;

import io.replog.node.security.ClusterToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Shows by HMAC-SHA256 that whoever made a message knows the secret of the cluster, so that the
/// broker, and who may look into it, never see the secret itself.
final class Signatures {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Signatures(ClusterToken token) {
    this.key = new SecretKeySpec(token.value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /// The signature, 64 hexadecimal digits.
  ///
  /// @param facts what the message says beside its body; none can be moved into another
  String of(List<String> facts, byte[] body) {
    return HexFormat.of().formatHex(digest(facts, body));
  }

  /// Whether `offered` is the signature. Takes the same time for every wrong one.
  boolean matches(@Nullable String offered, List<String> facts, byte[] body) {
    return offered != null
        && MessageDigest.isEqual(
            offered.getBytes(StandardCharsets.UTF_8),
            of(facts, body).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] digest(List<String> facts, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String fact : facts) {
        byte[] bytes = fact.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
      }
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
