package io.replog.node.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The followers of a master: `FOLLOWERS=follower-1=http://host:port,...`. Where it is unset, the
/// `FOLLOWER_1_PORT`, `FOLLOWER_2_PORT`, ... of `.env` name followers on this machine. `none` means
/// a cluster of one.
final class FollowerList {

  private static final String FORM =
      "none, or name=http://host:port for each follower, parted by commas";
  private static final int MOST = 64;

  private FollowerList() {}

  static List<Peer> read(Variables variables) {
    String value = variables.text("FOLLOWERS").orElse("");
    if (value.equals("none")) {
      return List.of();
    }
    return value.isEmpty() ? fromPorts(variables) : parse(value);
  }

  private static List<Peer> fromPorts(Variables variables) {
    List<Peer> peers = new ArrayList<>();
    String scheme = variables.text("TLS_CERTIFICATE").isPresent() ? "https" : "http";
    for (int i = 1; i <= MOST; i++) {
      String name = "follower-" + i;
      variables
          .number("FOLLOWER_" + i + "_PORT", 1, 65_535)
          .ifPresent(
              port -> peers.add(new Peer(name, URI.create(scheme + "://127.0.0.1:" + port))));
    }
    return peers;
  }

  private static List<Peer> parse(String value) {
    List<Peer> peers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : value.split(",")) {
      Peer peer = peer(part.strip(), value);
      if (!names.add(peer.name()) || peers.size() == MOST) {
        throw new BadSettingException("FOLLOWERS", value, "at most 64 followers, each named once");
      }
      peers.add(peer);
    }
    return peers;
  }

  private static Peer peer(String part, String whole) {
    int equals = part.indexOf('=');
    if (equals < 1 || !Forms.isName(part.substring(0, equals))) {
      throw new BadSettingException("FOLLOWERS", whole, FORM);
    }
    return new Peer(
        part.substring(0, equals), base("FOLLOWERS", part.substring(equals + 1), whole));
  }

  /// Scheme, host and port of `url`, which must not have more than that.
  static URI base(String variable, String url, String whole) {
    try {
      URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean plain =
          uri.getRawPath() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (plain && web && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw badUrl(variable, whole);
    }
    throw badUrl(variable, whole);
  }

  private static BadSettingException badUrl(String variable, String whole) {
    String allowed = variable.equals("FOLLOWERS") ? FORM : "a URL such as http://host:6061";
    return new BadSettingException(variable, whole, allowed);
  }
}
