package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Printable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a master to let nodes join and leave.
final class MemberCalls {

  /// What the answer may take beyond the time that the master was given.
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final int OK = 200;
  private static final int UNKNOWN = 504;

  private final Target target;
  private final Operator operator;

  MemberCalls(Target target, Operator operator) {
    this.target = target;
    this.operator = operator;
  }

  /// A request to a path of the master, to be completed with its method.
  HttpRequest.Builder at(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create(target.master() + path))
        .header("Content-Type", "application/json")
        .header("Accept", "application/problem+json, application/json")
        .timeout(patience.plus(GRACE));
  }

  /// The answer, if it is a good one.
  ///
  /// @throws Failure with what the master says otherwise
  HttpResponse<String> ask(HttpRequest.Builder request) {
    HttpResponse<String> answer =
        target.http().ask(operator.signed(request).build(), BodyHandlers.ofString());
    if (answer.statusCode() == OK) {
      return answer;
    }
    String message = Printable.escape(Http.message(answer.statusCode(), answer.body()));
    throw answer.statusCode() == UNKNOWN ? Failure.unknown(message) : Failure.refused(message);
  }
}
