package io.replog.client.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;

/// One node of a local cluster, as the settings describe it.
///
/// @param name `master` or `follower-k`
/// @param port TCP port on which it listens, 1 to 65535
/// @param delay artificial replication delay as it is written in settings, such as `5s`; `0s` for
///   the master
public record NodeSpec(String name, int port, String delay) {

  /// The name of the only master.
  public static final String MASTER = "master";

  public static NodeSpec master(int port) {
    return new NodeSpec(MASTER, port, "0s");
  }

  public static NodeSpec follower(int number, int port, String delay) {
    return new NodeSpec("follower-" + number, port, delay);
  }

  @JsonIgnore
  public boolean isMaster() {
    return name.equals(MASTER);
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
