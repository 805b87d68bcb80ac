package io.replog.client.check;

import java.util.List;

/// What a node shows while it catches up.
public final class Prefix {

  private Prefix() {}

  /// Whether `shown` is all of `whole` already.
  ///
  /// @throws MismatchException when it is not even a beginning of it: then it never will be
  public static boolean isWhole(List<String> shown, List<String> whole) {
    MismatchException.require(
        shown.size() <= whole.size() && shown.equals(whole.subList(0, shown.size())),
        "%s is a prefix of %s".formatted(end(shown), end(whole)));
    return shown.size() == whole.size();
  }

  private static String end(List<String> texts) {
    int skipped = Math.max(0, texts.size() - 5);
    String dots = skipped == 0 ? "" : "%d and ".formatted(skipped);
    return dots + texts.subList(skipped, texts.size());
  }
}
