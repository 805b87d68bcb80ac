package io.replog.node.settings;

import java.net.URI;

/// A follower as the master knows it from its settings.
///
/// @param name unique in the cluster, for example `follower-1`
/// @param url scheme, host and port, without a path
public record Peer(String name, URI url) {

  /// Whether `url` is scheme, host and port and nothing else.
  public static boolean isBase(String url) {
    try {
      return !url.endsWith("/") && FollowerList.base("url", url, url).getPort() > 0;
    } catch (BadSettingException bad) {
      return false;
    }
  }
}
