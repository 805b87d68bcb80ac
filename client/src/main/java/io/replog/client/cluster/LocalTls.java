package io.replog.client.cluster;

import io.replog.client.tls.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether and how the nodes of a local cluster encrypt. `TLS_DIR` names a directory that `replog
/// dev-ca` has filled, with files for each node by its name; without it the variables of the nodes
/// themselves may say so.
public final class LocalTls {

  private final Map<String, String> variables;
  private final @Nullable Path directory;

  /// @param base what a relative `TLS_DIR` is relative to
  LocalTls(Map<String, String> variables, Path base) {
    this.variables = variables;
    String named = variables.getOrDefault("TLS_DIR", "").strip();
    this.directory = named.isEmpty() ? null : base.resolve(named);
  }

  /// That of the cluster whose files are these.
  public static LocalTls of(Map<String, String> variables, ClusterFiles files) {
    return new LocalTls(variables, files.directory());
  }

  String scheme() {
    return directory != null || isSet("TLS_CERTIFICATE") ? "https" : "http";
  }

  /// What whoever runs the cluster shows and trusts: the files are theirs, those of the master
  /// included.
  public TlsFiles own() {
    if (directory != null) {
      return TlsFiles.in(directory, NodeSpec.MASTER);
    }
    return isSet("TLS_CA")
        ? new TlsFiles(Path.of(variables.getOrDefault("TLS_CA", "")), null, null)
        : TlsFiles.NONE;
  }

  /// Variables that `TLS_DIR` stands for; empty without it.
  Map<String, String> of(NodeSpec node, List<NodeSpec> all) {
    Map<String, String> own = new HashMap<>();
    if (directory != null) {
      own.put("TLS_CERTIFICATE", directory.resolve(node.name() + ".crt").toString());
      own.put("TLS_PRIVATE_KEY", directory.resolve(node.name() + ".key").toString());
      own.put("TLS_CA", directory.resolve("ca.crt").toString());
      own.put("TLS_CLIENT_AUTH", variables.getOrDefault("TLS_CLIENT_AUTH", "want"));
      if (!"none".equals(own.get("TLS_CLIENT_AUTH"))) {
        own.put("TLS_PEERS", variables.getOrDefault("TLS_PEERS", names(all)));
      }
    }
    return own;
  }

  private static String names(List<NodeSpec> all) {
    return String.join(",", all.stream().map(NodeSpec::name).toList());
  }

  private boolean isSet(String variable) {
    return !variables.getOrDefault(variable, "").isBlank();
  }
}
