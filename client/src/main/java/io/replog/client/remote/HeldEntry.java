package io.replog.client.remote;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.client.terminal.Printable;
import io.replog.model.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a node holds at an index, short enough for a screen.
///
/// @param epoch epoch of the entry
/// @param timestampMillis milliseconds since 1970
/// @param key idempotency key, null for none
/// @param textBytes length of the text in UTF-8
/// @param textSha256 hexadecimal digits of the hash of the text in UTF-8
/// @param extract the beginning of the text, fit for a terminal
record HeldEntry(
    @JsonProperty("epoch") long epoch,
    @JsonProperty("timestamp_ms") long timestampMillis,
    @JsonProperty("key") @Nullable String key,
    @JsonProperty("text_bytes") int textBytes,
    @JsonProperty("text_sha256") String textSha256,
    @JsonProperty("text_extract") String extract) {

  private static final int EXTRACT_CHARACTERS = 40;
  private static final int SHOWN_DIGITS = 16;

  static HeldEntry of(Entry entry) {
    byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
    return new HeldEntry(
        entry.epoch(),
        entry.timestampMillis(),
        entry.key(),
        text.length,
        sha256(text),
        extract(entry.text()));
  }

  /// The same on one line.
  String sentence() {
    return "epoch %d, key %s, %d bytes, sha256 %s, time %d, \"%s\""
        .formatted(
            epoch,
            key == null ? "-" : Printable.escape(key),
            textBytes,
            textSha256.substring(0, SHOWN_DIGITS),
            timestampMillis,
            extract);
  }

  private static String extract(String text) {
    return text.length() <= EXTRACT_CHARACTERS
        ? Printable.escape(text)
        : Printable.escape(text.substring(0, EXTRACT_CHARACTERS)) + "...";
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
