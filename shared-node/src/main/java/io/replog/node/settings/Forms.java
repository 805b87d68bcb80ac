package io.replog.node.settings;

import java.util.regex.Pattern;

/// What names and secrets look like, wherever they are read.
public final class Forms {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{8,256}");

  private Forms() {}

  /// Whether it may name a node, a cluster or a key.
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /// Whether it may be the token of a cluster: 8 to 256 visible ASCII characters.
  public static boolean isSecret(String text) {
    return SECRET.matcher(text).matches();
  }
}
