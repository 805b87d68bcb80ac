package io.replog.benchmarks.ceiling;

import io.replog.model.Envelope;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Has the body parsed and the answer written, as controllers do.
@RestController
final class IdleController {

  @PostMapping("/controller")
  Envelope<String> add(@RequestBody JsonNode body) {
    return new Envelope<>(200, body.isObject() ? "Message added successfully" : "odd", null);
  }
}
