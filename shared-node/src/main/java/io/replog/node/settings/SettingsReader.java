package io.replog.node.settings;

import io.replog.log.Retention;
import io.replog.model.FsyncMode;
import io.replog.model.WriteConcern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes [NodeSettings] of named values. Names that it does not know are ignored.
public final class SettingsReader {

  private static final int MASTER_PORT = 6061;
  private static final Pattern NUMBERED = Pattern.compile("follower-([1-9]\\d{0,2})");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,255}");
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(3_650);

  private final Role role;
  private final Variables variables;

  private SettingsReader(Role role, Map<String, String> values) {
    this.role = role;
    this.variables = new Variables(values);
  }

  /// The settings of a node of this role.
  ///
  /// @param values environment variables
  /// @throws BadSettingException if one of them cannot be used
  public static NodeSettings read(Role role, Map<String, String> values) {
    return new SettingsReader(role, values).settings();
  }

  private NodeSettings settings() {
    String node = node();
    String portVariable = portVariable(node);
    FeedSettings feed = FeedSettings.read(role, variables);
    Path data = path("DATA_DIR", Path.of("data", node));
    return new NodeSettings(
        role,
        node,
        variables.number(portVariable, 0, 65_535).orElseGet(() -> defaultPort(node)),
        portVariable,
        variables.number("MANAGEMENT_PORT", 0, 65_535).orElse(null),
        bindAddress(),
        data,
        variables.number("MASTER_PORT", 0, 65_535).orElse(MASTER_PORT),
        masterPublicUrl(),
        name("CLUSTER_ID", "replog"),
        clusterToken(),
        path("CLUSTER_TOKEN_FILE", data.toAbsolutePath().resolveSibling("cluster-token")),
        fsync(),
        variables
            .duration("FSYNC_INTERVAL", Duration.ofMillis(1), Duration.ofMinutes(1))
            .orElse(Duration.ofSeconds(1)),
        variables.bytes("MAX_MESSAGE_SIZE", 1, NodeSettings.LARGEST_MESSAGE_BYTES).orElse(1 << 20),
        variables.bytes("MAX_BULK_SIZE", 1, Integer.MAX_VALUE).orElse(1 << 30),
        variables.number("MAX_BLOCKED_WRITES", 1, 1_000_000).orElse(2_000),
        writeConcernDefault(),
        variables.duration("WRITE_TIMEOUT", Duration.ofMillis(1), LONGEST).orElse(null),
        FaultSettings.read(variables),
        LogFormat.valueOf(
            variables
                .oneOf("LOG_FORMAT", List.of("plain", "json"))
                .orElse("plain")
                .toUpperCase(Locale.ROOT)),
        variables.onOff("LOG_MESSAGES").orElse(false),
        corsOrigins(),
        variables.bytes("SCRUB_RATE", 0, 1 << 30).orElse(5 << 20),
        variables
            .duration("SCRUB_INTERVAL", Duration.ofMillis(1), LONGEST)
            .orElse(Duration.ofHours(1)),
        variables.onOff("ACCEPT_DATA_LOSS").orElse(false),
        new Retention(
            variables.size("RETENTION_BYTES", 1 << 20, 1L << 50).orElse(null),
            variables
                .duration("RETENTION_AGE", Duration.ofSeconds(1), LONGEST_RETENTION)
                .orElse(null)),
        variables.bytes("TABLE_MAX_BYTES", 1 << 10, 1 << 30).orElse(32 << 20),
        variables.duration("REPLICATION_DELAY", Duration.ZERO, LONGEST).orElse(Duration.ZERO),
        feed.feed(),
        feed.upstream(),
        role == Role.MASTER ? FollowerList.read(variables) : List.of(),
        variables.onOff("QUORUM_APPEND").orElse(false),
        variables.oneOf("BOOTSTRAP", List.of("safe", "alone")).orElse("safe").equals("alone"),
        AccessSettings.read(variables, LONGEST),
        TlsSettings.read(variables),
        role == Role.MASTER ? CollectorUrl.read(variables) : null,
        ReplicationBroker.read(variables));
  }

  private String node() {
    return name("NODE_NAME", role == Role.MASTER ? "master" : "follower-1");
  }

  private String name(String variable, String otherwise) {
    String name = variables.text(variable).orElse(otherwise);
    if (!Forms.isName(name)) {
      throw new BadSettingException(
          variable, name, "a name of letters, digits, dots, dashes and underscores, at most 63");
    }
    return name;
  }

  /// `PORT`, or the variable of `.env` that names the port of this node.
  private String portVariable(String node) {
    if (variables.text("PORT").isPresent()) {
      return "PORT";
    }
    if (role == Role.MASTER) {
      return "MASTER_PORT";
    }
    Matcher numbered = NUMBERED.matcher(node);
    return numbered.matches() ? "FOLLOWER_" + numbered.group(1) + "_PORT" : "PORT";
  }

  private int defaultPort(String node) {
    Matcher numbered = NUMBERED.matcher(node);
    boolean follower = role == Role.FOLLOWER && numbered.matches();
    return role == Role.MASTER
        ? MASTER_PORT
        : MASTER_PORT + (follower ? Integer.parseInt(numbered.group(1)) : 1);
  }

  private String bindAddress() {
    String address = variables.text("BIND_ADDRESS").orElse("127.0.0.1");
    if (!HOST.matcher(address).matches()) {
      throw new BadSettingException("BIND_ADDRESS", address, "an address or a host name");
    }
    return address;
  }

  private Path path(String variable, Path otherwise) {
    return variables.path(variable).orElseGet(() -> otherwise.toAbsolutePath().normalize());
  }

  private @Nullable String masterPublicUrl() {
    return variables
        .text("MASTER_PUBLIC_URL")
        .map(url -> FollowerList.base("MASTER_PUBLIC_URL", url, url).toString())
        .orElse(null);
  }

  private @Nullable String clusterToken() {
    String token = variables.text("CLUSTER_TOKEN").orElse(null);
    if (token != null && !Forms.isSecret(token)) {
      throw new BadSettingException(
          "CLUSTER_TOKEN", "(hidden)", "8 to 256 visible ASCII characters");
    }
    return token;
  }

  private FsyncMode fsync() {
    String mode = variables.oneOf("FSYNC", List.of("always", "interval", "never")).orElse("always");
    return FsyncMode.valueOf(mode.toUpperCase(Locale.ROOT));
  }

  private WriteConcern writeConcernDefault() {
    String value = variables.text("WRITE_CONCERN_DEFAULT").orElse("1");
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "majority" -> new WriteConcern.Majority();
      case "all" -> new WriteConcern.All();
      default -> counted(value);
    };
  }

  private WriteConcern counted(String value) {
    if (!value.matches("[1-9]\\d{0,3}")) {
      throw new BadSettingException(
          "WRITE_CONCERN_DEFAULT", value, "majority, all, or a whole number of at least 1");
    }
    int nodes = Integer.parseInt(value);
    if (role == Role.MASTER && nodes > FollowerList.read(variables).size() + 1) {
      throw new BadSettingException(
          "WRITE_CONCERN_DEFAULT", value, "at most the number of nodes, the master included");
    }
    return new WriteConcern.Count(nodes);
  }

  private List<String> corsOrigins() {
    List<String> origins =
        variables.text("CORS_ORIGINS").map(v -> List.of(v.split("[,\\s]+"))).orElse(List.of());
    for (String origin : origins) {
      if (!origin.matches("\\*|https?://[^/?#@\\s]+")) {
        throw new BadSettingException(
            "CORS_ORIGINS", origin, "* or origins such as https://example.org, parted by commas");
      }
    }
    return origins;
  }
}
