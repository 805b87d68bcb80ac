package io.replog.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.openapi.ServedOperations;
import io.replog.openapi.Wordless;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document that the build has made of this follower.
class OpenApiTest {

  @TempDir Path directory;

  @Test
  void describesInWordsWhatIsServedAndNothingElse() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      JsonNode document = new JsonMapper().readTree(follower.get("/openapi.json").body());

      assertThat(ServedOperations.in(document))
          .isEqualTo(ServedOperations.of(follower.beans(RequestMappingInfoHandlerMapping.class)))
          .contains("POST /replicate", "POST /add", "PUT /faults/delay");
      assertThat(Wordless.in(document)).isEmpty();
    }
  }
}
