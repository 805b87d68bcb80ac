package io.replog.follower.replicate;

import io.replog.model.Envelope;
import io.replog.model.Standing;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The JSON that a master and this follower exchange without Spring MVC.
@Component
final class DirectBodies {

  private final JsonMapper json;

  DirectBodies(JsonMapper json) {
    this.json = json;
  }

  /// @throws Refusal if the body is the JSON value null
  <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
    T body = json.readValue(request.getInputStream(), type);
    if (body == null) {
      throw Refusal.badRequest("the body is null: a JSON object is needed");
    }
    return body;
  }

  void write(Envelope<Standing> answer, HttpServletResponse response) throws IOException {
    byte[] encoded = json.writeValueAsBytes(answer);
    response.setStatus(answer.statusCode());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(encoded.length);
    response.getOutputStream().write(encoded);
  }
}
