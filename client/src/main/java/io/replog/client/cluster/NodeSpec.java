package io.replog.client.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One node of a local cluster, as the settings describe it.
///
/// @param name `master`, `follower-k` or `layer-l-k`
/// @param port TCP port on which it listens, 1 to 65535
/// @param delay artificial replication delay as it is written in settings, such as `5s`; `0s` for
///   the master
/// @param feed how a layer node is fed, such as `every 10 messages`; null for a node of the core
/// @param upstream name of the node that feeds a layer node; null for a node of the core
/// @param joined true if it joined a running cluster: its master's log knows it, no setting does;
///   else null
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeSpec(
    String name,
    int port,
    String delay,
    @Nullable String feed,
    @Nullable String upstream,
    @Nullable Boolean joined) {

  /// The name of the only master.
  public static final String MASTER = "master";

  /// One that settings describe by its name.
  static NodeSpec of(String name, int port, String delay) {
    return new NodeSpec(name, port, delay, null, null, null);
  }

  /// A follower that is about to join.
  static NodeSpec joining(String name, int port) {
    return new NodeSpec(name, port, "0s", null, null, true);
  }

  public static NodeSpec master(int port) {
    return of(MASTER, port, "0s");
  }

  public static NodeSpec follower(int number, int port, String delay) {
    return of("follower-" + number, port, delay);
  }

  /// @param layer 1 for a layer that is fed by the core
  /// @param upstream name of the node that feeds it
  public static NodeSpec layer(int layer, int number, int port, String feed, String upstream) {
    return new NodeSpec("layer-%d-%d".formatted(layer, number), port, "0s", feed, upstream, null);
  }

  /// Whether it joined a running cluster.
  @JsonIgnore
  boolean hasJoined() {
    return joined != null && joined;
  }

  @JsonIgnore
  public boolean isMaster() {
    return name.equals(MASTER);
  }

  /// Whether it counts for write concerns: the master, and followers that it sends to.
  @JsonIgnore
  public boolean isOfCore() {
    return feed == null;
  }

  /// `master` or `follower`: the program that runs it.
  public String role() {
    return isMaster() ? "master" : "follower";
  }

  /// The variable that sets the port, such as `FOLLOWER_1_PORT`.
  public String portVariable() {
    return variable("PORT");
  }

  /// The variable that sets something of this node, such as `FOLLOWER_1_DELAY`.
  String variable(String what) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
  }
}
