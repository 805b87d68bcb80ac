package io.replog.client.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The secret between the nodes of a local cluster. The first node that starts makes it, in the
/// file that the runner names to all; `CLUSTER_TOKEN` and `CLUSTER_TOKEN_FILE` override it.
public final class ClusterToken {

  private ClusterToken() {}

  /// Whether the settings bring a secret of their own.
  static boolean isGiven(Map<String, String> variables) {
    return !variables.getOrDefault("CLUSTER_TOKEN", "").isBlank()
        || !variables.getOrDefault("CLUSTER_TOKEN_FILE", "").isBlank();
  }

  /// The secret that the nodes use, or empty when there is none yet.
  public static Optional<String> find(Map<String, String> variables, ClusterFiles files) {
    String given = variables.getOrDefault("CLUSTER_TOKEN", "");
    if (!given.isBlank()) {
      return Optional.of(given.strip());
    }
    String file = variables.getOrDefault("CLUSTER_TOKEN_FILE", "");
    Path place = file.isBlank() ? files.token() : files.directory().resolve(file);
    return Optional.ofNullable(Disk.readIfThere(place)).map(String::strip);
  }
}
