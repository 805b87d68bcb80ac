package io.replog.system.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What every refusal has in common, whatever it refuses.
public final class Problems {

  private static final List<String> MEMBERS =
      List.of("type", "title", "status", "detail", "instance", "status_code", "message", "data");

  private static final List<String> TELLTALES =
      List.of("<html", "<!doctype", "Exception", "java.", "springframework", "tomcat", "\tat ");

  private Problems() {}

  /// Fails unless the reply is a problem in the form of the contract.
  ///
  /// @return its body
  public static JsonNode requireProblem(Reply reply, int status) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.header("Content-Type")).as("%s", reply).startsWith("application/problem+json");
    return requireBody(reply.text(), status);
  }

  /// The same of the body alone.
  public static JsonNode requireBody(String text, int status) {
    JsonNode body = Json.parse(text);
    assertThat(body.propertyNames()).as(text).containsExactlyElementsOf(MEMBERS);
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("status_code").asInt()).isEqualTo(status);
    assertThat(body.get("type").asString()).isNotBlank();
    assertThat(body.get("title").asString()).isNotBlank();
    assertThat(body.get("detail").asString()).isNotBlank();
    assertThat(body.get("message").asString()).isNotBlank();
    assertThat(TELLTALES).noneMatch(text::contains);
    return body;
  }

  /// The machine-readable reason that a problem carries.
  public static String reason(Reply reply) {
    return reply.data().get("reason").asString();
  }
}
