package io.replog.master.add;

import io.replog.node.json.StrictJson;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON of an add: a body, or a line of a bulk add.
@Component
final class AddBody {

  /// Characters that any string but the text may need.
  private static final int LEAST_CHARACTERS = 1_024;

  private final JsonMapper json;

  /// A text never has more characters than bytes, so that one above the limit is refused while it
  /// is read.
  AddBody(NodeSettings settings) {
    this.json = StrictJson.mapper(Math.max(LEAST_CHARACTERS, settings.maxMessageBytes()));
  }

  /// The JSON of the body.
  ///
  /// @throws Refusal if there is none
  /// @throws tools.jackson.core.JacksonException if it is no JSON, or not JSON as it is read here
  JsonNode read(HttpServletRequest request) throws IOException {
    JsonNode body = json.readTree(request.getInputStream());
    if (body == null || body.isMissingNode()) {
      throw Refusal.badRequest("the body is missing: JSON is needed");
    }
    return body;
  }

  /// The JSON of `line[start..end)`.
  ///
  /// @throws tools.jackson.core.JacksonException if it is no JSON, or not JSON as it is read here
  JsonNode read(byte[] line, int start, int end) {
    return json.readTree(line, start, end - start);
  }
}
