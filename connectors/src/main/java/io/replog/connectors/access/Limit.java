package io.replog.connectors.access;

import io.replog.node.problem.Refusal;
import org.jspecify.annotations.Nullable;

/// How many rows somebody wants to see at most.
public final class Limit {

  private static final int MOST = 10_000;
  private static final int DEFAULT = 100;

  private Limit() {}

  /// @param written as it came, null for the default of 100
  /// @throws Refusal if it is no number from 1 to 10,000
  public static int parse(@Nullable String written) {
    if (written == null) {
      return DEFAULT;
    }
    if (!written.matches("[1-9]\\d{0,4}") || Integer.parseInt(written) > MOST) {
      throw Refusal.badRequest("limit must be a whole number from 1 to " + MOST);
    }
    return Integer.parseInt(written);
  }
}
