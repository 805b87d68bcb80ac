package io.replog.connectors.log;

import java.util.regex.Pattern;

/// A message on its way into the log.
///
/// @param text any Unicode text
/// @param key idempotency key: sent again under it, the message is appended once; 1 to 128 visible
///   ASCII characters
public record NewMessage(String text, String key) {

  private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

  public NewMessage {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "a key has 1 to 128 visible ASCII characters, not " + key.length() + " of others");
    }
  }
}
