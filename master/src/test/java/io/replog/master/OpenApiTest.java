package io.replog.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestMaster;
import io.replog.openapi.ServedOperations;
import io.replog.openapi.Wordless;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The document that the build has made of this master.
class OpenApiTest {

  @TempDir Path directory;

  @Test
  void describesWhatIsServedAndNothingElse() {
    try (TestMaster master = TestMaster.start(directory, List.of());
        TestClient client = new TestClient(master)) {
      JsonNode document = client.json(client.get("/openapi.json"));

      assertThat(ServedOperations.in(document))
          .isEqualTo(ServedOperations.of(master.beans(RequestMappingInfoHandlerMapping.class)))
          .contains("POST /add", "GET /messages", "GET /actuator/health/{group}");

      ((ObjectNode) document.get("paths")).remove("/messages");
      assertThat(ServedOperations.of(master.beans(RequestMappingInfoHandlerMapping.class)))
          .as("a path that is left out is seen")
          .isNotEqualTo(ServedOperations.in(document));
    }
  }

  @Test
  void describesEveryPathOfTheIndex() {
    try (TestMaster master = TestMaster.start(directory, List.of(), "FAULTS", "on");
        TestClient client = new TestClient(master)) {
      JsonNode paths = client.json(client.get("/openapi.json")).get("paths");

      assertThat(client.data("/").get("paths"))
          .isNotEmpty()
          .allSatisfy(
              line -> {
                JsonNode path = paths.path(line.get("path").asString().replaceFirst("\\?.*", ""));
                assertThat(path.has(line.get("method").asString().toLowerCase(Locale.ROOT)))
                    .as(line.toString())
                    .isTrue();
              });
    }
  }

  @Test
  void hasWordsForEveryFieldAndEveryOperation() {
    try (TestMaster master = TestMaster.start(directory, List.of());
        TestClient client = new TestClient(master)) {
      JsonNode document = client.json(client.get("/openapi.json"));
      assertThat(Wordless.in(document)).isEmpty();

      ((ObjectNode) document.at("/components/schemas/Problem/properties/type"))
          .remove("description");
      assertThat(Wordless.in(document)).containsExactly("Problem.type");
    }
  }

  @Test
  void saysWhatTheFirstContractSaysByteForByte() {
    try (TestMaster master = TestMaster.start(directory, List.of());
        TestClient client = new TestClient(master)) {
      JsonNode document = client.json(client.get("/openapi.json"));

      assertThat(json(document, "/paths/~1add/post/requestBody/content/application~1json/example"))
          .isEqualTo("{\"data\":\"msg1\",\"write_concern\":1}");
      assertThat(json(document, answer("add/post")))
          .isEqualTo(
              "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}");
      assertThat(json(document, answer("messages/get")))
          .isEqualTo(
              "{\"status_code\":200,\"message\":\"Messages fetched successfully\","
                  + "\"data\":[{\"text\":\"msg1\"}]}");
    }
  }

  private static String answer(String operation) {
    return "/paths/~1%s/responses/200/content/application~1json/examples/example-1/value"
        .formatted(operation);
  }

  private static String json(JsonNode document, String pointer) {
    return document.at(pointer).toString();
  }
}
