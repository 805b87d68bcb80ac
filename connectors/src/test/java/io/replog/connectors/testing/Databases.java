package io.replog.connectors.testing;

import tools.jackson.databind.JsonNode;

/// What the connectors say of their databases.
public final class Databases {

  private Databases() {}

  /// Whether each of them has answered: the first contact with one may take a while.
  ///
  /// @param all as `data` of `GET /branches`
  public static boolean haveAnswered(JsonNode all) {
    return all.path("branches").valueStream().allMatch(Databases::hasAnswered)
        && hasAnswered(all.path("head_office"));
  }

  private static boolean hasAnswered(JsonNode part) {
    return part.path("sales").isNumber();
  }
}
