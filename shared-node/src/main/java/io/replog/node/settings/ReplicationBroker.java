package io.replog.node.settings;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `REPLICATION_TRANSPORT`: what batches and their answers travel by between master and followers.
final class ReplicationBroker {

  private ReplicationBroker() {}

  /// The broker, null with `http`.
  ///
  /// @throws BadSettingException if the broker is not named, or the value is another one
  static @Nullable URI read(Variables variables) {
    String transport =
        variables.oneOf("REPLICATION_TRANSPORT", List.of("http", "rabbitmq")).orElse("http");
    return transport.equals("rabbitmq") ? BrokerUri.read(variables) : null;
  }
}
