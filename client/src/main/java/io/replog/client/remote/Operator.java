package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.ClusterToken;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// What an operator shows to a node: the token of the cluster, or the key of an admin, which every
/// request of [Target] carries.
final class Operator {

  /// What an answer may take beyond a time that the master was given.
  static final Duration GRACE = Duration.ofSeconds(20);

  private static final String TOKEN = "Cluster-Token";
  private static final int OK = 200;
  private static final int UNKNOWN = 504;

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
    return tokenFile == null && target.hasKey() ? Optional.empty() : Optional.of(requireToken());
  }

  /// A request to a path of the master, with the token or with a key; to be completed with its
  /// method.
  ///
  /// @param limit of the answer
  HttpRequest.Builder at(String path, Duration limit) {
    HttpRequest.Builder request = request(path, limit);
    token().ifPresent(secret -> request.header(TOKEN, secret));
    return request;
  }

  /// The same with the token, for what no key opens.
  HttpRequest.Builder asNodeAt(String path, Duration limit) {
    return request(path, limit).header(TOKEN, requireToken());
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    return HttpRequest.newBuilder(URI.create(target.master() + path))
        .header("Content-Type", "application/json")
        .header("Accept", "application/problem+json, application/json")
        .timeout(limit);
  }

  /// Whatever is answered.
  HttpResponse<String> send(HttpRequest request) {
    return target.http().ask(request, BodyHandlers.ofString());
  }

  /// What a request is answered with, if that is a good answer.
  ///
  /// @throws Failure with what the master says otherwise
  JsonNode ask(HttpRequest request) {
    return good(send(request));
  }

  /// An answer, if it is a good one.
  ///
  /// @throws Failure with what the master says otherwise
  static JsonNode good(HttpResponse<String> answer) {
    if (answer.statusCode() == OK) {
      return Http.json(answer.body());
    }
    String message = Printable.escape(Http.message(answer.statusCode(), answer.body()));
    throw answer.statusCode() == UNKNOWN ? Failure.unknown(message) : Failure.refused(message);
  }

  /// A good answer for people, or as it is.
  ///
  /// @param json whether it is wanted as it is, on one line
  static String shown(JsonNode answer, boolean json) {
    return json ? answer.toString() : Printable.escape(answer.path("message").asString(""));
  }

  private String requireToken() {
    return find()
        .orElseThrow(
            () -> Failure.usage("the cluster token is needed: --token-file or CLUSTER_TOKEN"));
  }

  private Optional<String> find() {
    return tokenFile == null
        ? ClusterToken.find(home.settings(OptionalInt.empty()).variables(), home.files())
        : Optional.of(read(tokenFile));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw Failure.usage("--token-file " + file + " cannot be read");
    }
  }
}
