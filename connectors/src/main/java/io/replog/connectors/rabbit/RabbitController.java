package io.replog.connectors.rabbit;

import io.replog.model.Envelope;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /rabbitmq`: how both directions stand, from memory, so that a broker that is away delays no
/// answer. Also there when RabbitMQ is off, to say so.
@RestController
final class RabbitController {

  private final ObjectProvider<RabbitSettings> settings;
  private final ObjectProvider<RabbitStatus.InSource> in;
  private final ObjectProvider<RabbitStatus.OutSource> out;

  RabbitController(
      ObjectProvider<RabbitSettings> settings,
      ObjectProvider<RabbitStatus.InSource> in,
      ObjectProvider<RabbitStatus.OutSource> out) {
    this.settings = settings;
    this.in = in;
    this.out = out;
  }

  /// How both directions stand.
  @GetMapping(path = "/rabbitmq", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<RabbitStatus> status() {
    RabbitSettings known = settings.getIfAvailable();
    if (known == null) {
      return Envelope.ok("RabbitMQ is off: RABBITMQ_URI is not set", RabbitStatus.OFF);
    }
    RabbitStatus.InSource inward = in.getIfAvailable();
    RabbitStatus.OutSource outward = out.getIfAvailable();
    return Envelope.ok(
        "RabbitMQ status fetched successfully",
        new RabbitStatus(
            known.address(),
            inward == null ? null : inward.now(),
            outward == null ? null : outward.now()));
  }
}
