package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster is meant: the one whose addresses are given, otherwise the local one.
public final class Target {

  private static final Pattern FOLLOWER = Pattern.compile("follower-([1-9][0-9]{0,3})");

  private final Home home;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Address of the master, such as http://host:6061; otherwise the local one.")
  private @Nullable String master;

  @Option(
      names = "--follower",
      paramLabel = "URL",
      description = "Address of a follower; repeat it: the first is follower-1, and so on.")
  private List<String> followers = List.of();

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "File that holds the key of this client; otherwise REPLOG_API_KEY.")
  private @Nullable Path apiKeyFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "Certificates to trust, in PEM; otherwise REPLOG_CA. What is shown to nodes that ask for a",
        "certificate: REPLOG_CERTIFICATE and REPLOG_PRIVATE_KEY."
      })
  private @Nullable Path authority;

  /// Created at the first request: it reads files.
  private @Nullable Http http;

  public Target(Home home) {
    this.home = home;
  }

  /// The way to the nodes, with what they ask of clients.
  Http http() {
    Http created = http;
    if (created == null) {
      created = new Http(tls(), apiKey());
      http = created;
    }
    return created;
  }

  private TlsFiles tls() {
    Path trusted = authority == null ? file("REPLOG_CA") : authority;
    TlsFiles given = new TlsFiles(trusted, file("REPLOG_CERTIFICATE"), file("REPLOG_PRIVATE_KEY"));
    return isRemote() || !given.equals(TlsFiles.NONE) ? given : home.tls();
  }

  private @Nullable Path file(String variable) {
    String name = home.environment().getOrDefault(variable, "").strip();
    return name.isEmpty() ? null : Path.of(name);
  }

  private @Nullable String apiKey() {
    String key = apiKeyFile == null ? keyOf(home) : read(apiKeyFile);
    if (key != null && !key.matches("[\\x21-\\x7e]{1,256}")) {
      throw Failure.usage("the key must have 1 to 256 visible ASCII characters");
    }
    return key;
  }

  /// Whether requests carry a key.
  boolean hasKey() {
    return apiKey() != null;
  }

  /// The key that the environment names, null when it names none.
  static @Nullable String keyOf(Home home) {
    String key = home.environment().getOrDefault("REPLOG_API_KEY", "").strip();
    return key.isEmpty() ? null : key;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw Failure.usage("--api-key-file " + file + " cannot be read");
    }
  }

  private boolean isRemote() {
    return master != null || !followers.isEmpty();
  }

  /// Base address of the master, without a slash at its end.
  String master() {
    return master == null ? home.cluster().url(NodeSpec.MASTER) : checked("--master", master);
  }

  /// @throws Failure when followers are named and their master is not: it would be the local one
  public void requireMaster() {
    if (master == null && !followers.isEmpty()) {
      throw Failure.usage("--follower needs --master URL here");
    }
  }

  /// Base address of a node by its name.
  String url(String node) {
    if (node.equals(NodeSpec.MASTER)) {
      return master();
    }
    Matcher follower = FOLLOWER.matcher(node);
    if (!isRemote()) {
      return home.cluster().url(node);
    }
    if (!follower.matches() || Integer.parseInt(follower.group(1)) > followers.size()) {
      throw Failure.usage(
          "there is no node '%s'; known are: master%s (name more with --follower URL)"
              .formatted(node, followers.isEmpty() ? "" : ", follower-1 to -" + followers.size()));
    }
    return checked("--follower", followers.get(Integer.parseInt(follower.group(1)) - 1));
  }

  /// The nodes of the local cluster but those of its layers, which hold everything later or never.
  private Stream<NodeSpec> core() {
    return home.cluster().nodes().stream().filter(NodeSpec::isOfCore);
  }

  /// Base addresses of all nodes of the core by their names, the master first.
  public Map<String, String> nodes() {
    Stream<String> names =
        isRemote()
            ? Stream.concat(
                master == null ? Stream.empty() : Stream.of(NodeSpec.MASTER),
                IntStream.rangeClosed(1, followers.size()).mapToObj(n -> "follower-" + n))
            : core().map(NodeSpec::name);
    Map<String, String> addresses = new LinkedHashMap<>();
    names.forEach(name -> addresses.put(name, url(name)));
    return addresses;
  }

  /// All nodes of the core, the master first, spoken to by the original contract alone.
  public List<PlainNode> plainNodes() {
    return nodes().values().stream().map(url -> new PlainNode(http(), url)).toList();
  }

  /// How many nodes the cluster has, where that is known without asking it.
  OptionalInt clusterSize() {
    if (!isRemote()) {
      return OptionalInt.of((int) core().count());
    }
    return followers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(1 + followers.size());
  }

  private static String checked(String option, String url) {
    if (!isUsable(url)) {
      throw Failure.usage(
          "%s=%s cannot be used; allowed: an address such as http://127.0.0.1:6061"
              .formatted(option, url));
    }
    return url.replaceAll("/+$", "");
  }

  private static boolean isUsable(String url) {
    try {
      URI address = URI.create(url);
      return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
