package io.replog.model;

/// A node of the cluster beside the master.
///
/// @param name unique in the cluster, for example `follower-1`; letters, digits, dots, dashes and
///   underscores
/// @param url where the master reaches it: scheme, host and port, without a path
/// @param feed how entries come to it: `eager` if the master sends them at once and counts it,
///   otherwise in words that the node itself understands
public record Member(String name, String url, String feed) {

  /// The feed of those that count for write concerns.
  public static final String EAGER = "eager";

  public Member {
    if (name.isEmpty() || url.isEmpty() || hasSpace(name) || hasSpace(url)) {
      throw new IllegalArgumentException("name and URL of a member have no spaces");
    }
    if (feed.isBlank() || feed.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the feed of a member is one line");
    }
  }

  /// A member that counts.
  public static Member eager(String name, String url) {
    return new Member(name, url, EAGER);
  }

  /// Whether the master sends to it and counts what it acknowledges.
  public boolean isEager() {
    return feed.equals(EAGER);
  }

  private static boolean hasSpace(String word) {
    return word.chars().anyMatch(c -> c <= ' ');
  }
}
