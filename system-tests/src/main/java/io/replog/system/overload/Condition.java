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

  /// Whether one follower is sick, and the load is the ordinary one.
  boolean isSickFollower() {
    return this == FOLLOWER_DOWN || this == FOLLOWER_FLAPPING;
  }

  /// For people.
  String words() {
    return words;
  }
}
