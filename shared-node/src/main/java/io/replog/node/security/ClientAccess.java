package io.replog.node.security;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks clients for a key, as `Authorization: Bearer <key>`, where keys are on.
final class ClientAccess {

  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"replog\"";

  private final @Nullable ApiKeys keys;

  /// @param keys null = nobody is asked
  ClientAccess(@Nullable ApiKeys keys) {
    this.keys = keys;
  }

  boolean isAsked() {
    return keys != null;
  }

  /// Why `request` is not let through, null when it is; then who has sent it is noted.
  @Nullable Refusal refusal(HttpServletRequest request, ClientRole needed) {
    ApiKeys asked = keys;
    if (asked == null) {
      return null;
    }
    List<String> offered = Collections.list(request.getHeaders("Authorization"));
    if (offered.isEmpty()) {
      return unauthorized("a key is needed: Authorization: Bearer <key>", CHALLENGE);
    }
    Optional<Identity.Client> client = secret(offered).flatMap(asked::find);
    return client.isEmpty()
        ? unauthorized("this is no key that is known here", CHALLENGE + ", error=\"invalid_token\"")
        : admit(request, client.get(), needed);
  }

  private static @Nullable Refusal admit(
      HttpServletRequest request, Identity.Client client, ClientRole needed) {
    Identity.note(request, client);
    return client.role().includes(needed)
        ? null
        : Refusal.of(
            ProblemType.FORBIDDEN,
            "the role of this key is %s, this needs %s"
                .formatted(client.role().word(), needed.word()));
  }

  private static Optional<String> secret(List<String> offered) {
    String header = offered.getFirst();
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return offered.size() == 1 && bearer
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private static Refusal unauthorized(String message, String challenge) {
    return Refusal.of(ProblemType.UNAUTHORIZED, message).withHeader("WWW-Authenticate", challenge);
  }
}
