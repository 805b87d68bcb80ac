package io.replog.system.overload;

/// What the cluster goes through while clients add.
enum Condition {
  HEALTHY("healthy"),
  FOLLOWER_DOWN("one follower down"),
  FOLLOWER_FLAPPING("one follower flapping"),
  OVERLOAD("ten times the clients");

  private final String words;

  Condition(String words) {
    this.words = words;
  }

  /// For people.
  String words() {
    return words;
  }
}
