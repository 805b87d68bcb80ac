package io.replog.node.http;

import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /openapi.json`: the document of this node's API, which the build has put beside its
/// classes. Read at each call: few ask, and nobody waits for it at a start.
@RestController
final class OpenApiController {

  static final String PATH = "/openapi.json";

  /// This document.
  ///
  /// OpenAPI 3.1, made of the handlers of this very build and checked against running nodes.
  @Gives(says = "The document.", body = Object.class)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE})
  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> document() throws IOException {
    try (InputStream in = OpenApiController.class.getResourceAsStream(PATH)) {
      if (in == null) {
        throw Refusal.of(ProblemType.NOT_FOUND, "this node was built without its document");
      }
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(in.readAllBytes());
    }
  }
}
