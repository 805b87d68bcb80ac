package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.ClusterToken;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an operator shows to a node: the token of the cluster, or the key of an admin, which every
/// request of [Target] carries.
final class Operator {

  private final Home home;
  private final Target target;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds the cluster token.")
  private @Nullable Path tokenFile;

  Operator(Home home, Target target) {
    this.home = home;
    this.target = target;
  }

  /// The token; empty where a key is sent instead.
  ///
  /// @throws Failure when there is neither
  Optional<String> token() {
    Optional<String> token = find();
    if (token.isEmpty() && !target.hasKey()) {
      throw Failure.usage("the cluster token is needed: --token-file or CLUSTER_TOKEN");
    }
    return token;
  }

  /// The same request with the token, where there is one.
  HttpRequest.Builder signed(HttpRequest.Builder request) {
    token().ifPresent(secret -> request.header("Cluster-Token", secret));
    return request;
  }

  private Optional<String> find() {
    if (tokenFile != null) {
      return Optional.of(read(tokenFile));
    }
    return target.hasKey()
        ? Optional.empty()
        : ClusterToken.find(home.settings(OptionalInt.empty()).variables(), home.files());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw Failure.usage("--token-file " + file + " cannot be read");
    }
  }
}
