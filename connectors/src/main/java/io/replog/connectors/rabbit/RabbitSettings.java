package io.replog.connectors.rabbit;

import io.replog.model.WriteConcern;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.BrokerUri;
import io.replog.node.settings.Variables;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What RabbitMQ needs to be told.
///
/// @param uri `RABBITMQ_URI` or `RABBITMQ_URI_FILE`, with the password
/// @param in null with `RABBITMQ_IN=off`
/// @param out null with `RABBITMQ_OUT=off`
record RabbitSettings(URI uri, @Nullable In in, @Nullable Out out) {

  private static final int MAX_NAME_BYTES = 200;
  private static final int DEFAULT_PREFETCH = 16;
  private static final int MEGABYTE = 1 << 20;

  /// From a queue into the log.
  ///
  /// @param queue `RABBITMQ_IN_QUEUE`
  /// @param concern `RABBITMQ_IN_WRITE_CONCERN`: how many nodes hold a message before the broker
  ///   may forget it
  /// @param prefetch `RABBITMQ_IN_PREFETCH`: messages that the broker sends ahead, at least 1
  /// @param maxMessageBytes `MAX_MESSAGE_SIZE`, as the nodes have it
  record In(String queue, WriteConcern concern, int prefetch, int maxMessageBytes) {

    /// Where messages go that can never become entries.
    String deadLetters() {
      return queue + ".dead";
    }
  }

  /// From the log to an exchange.
  ///
  /// @param exchange `RABBITMQ_OUT_EXCHANGE`
  /// @param position `RABBITMQ_OUT_POSITION`: the file that says up to where the log is published
  /// @param from `RABBITMQ_OUT_FROM`: where to begin without that file, an index
  /// @param window `RABBITMQ_OUT_WINDOW`: messages on their way to the broker at once
  record Out(String exchange, Path position, long from, int window) {}

  /// Whether anything about RabbitMQ is wanted.
  static boolean areIn(Variables variables) {
    return BrokerUri.isIn(variables);
  }

  /// @throws BadSettingException if one of them cannot be used
  static RabbitSettings read(Variables variables) {
    return new RabbitSettings(
        BrokerUri.read(variables),
        variables.onOff("RABBITMQ_IN").orElse(true) ? in(variables) : null,
        variables.onOff("RABBITMQ_OUT").orElse(true) ? out(variables) : null);
  }

  /// The address without name and password.
  String address() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  private static In in(Variables variables) {
    return new In(
        name(variables, "RABBITMQ_IN_QUEUE", "replog.in"),
        concern(variables),
        variables.number("RABBITMQ_IN_PREFETCH", 1, 1_000).orElse(DEFAULT_PREFETCH),
        variables.bytes("MAX_MESSAGE_SIZE", 1, 64 * MEGABYTE).orElse(MEGABYTE));
  }

  private static Out out(Variables variables) {
    return new Out(
        name(variables, "RABBITMQ_OUT_EXCHANGE", "replog.out"),
        variables
            .path("RABBITMQ_OUT_POSITION")
            .orElse(Path.of(".replog", "rabbitmq-out.json").toAbsolutePath()),
        variables.number("RABBITMQ_OUT_FROM", 1, Integer.MAX_VALUE).orElse(1),
        variables.number("RABBITMQ_OUT_WINDOW", 1, 1_000).orElse(1));
  }

  private static String name(Variables variables, String variable, String otherwise) {
    String name = variables.text(variable).orElse(otherwise);
    if (!name.matches("[\\w.:-]{1," + MAX_NAME_BYTES + "}") || name.startsWith("amq.")) {
      throw new BadSettingException(
          variable,
          name,
          "1 to 200 letters, digits or any of . : _ - and must not begin with amq.");
    }
    return name;
  }

  private static WriteConcern concern(Variables variables) {
    String variable = "RABBITMQ_IN_WRITE_CONCERN";
    String written = variables.text(variable).orElse("majority");
    return switch (written) {
      case "majority" -> new WriteConcern.Majority();
      case "all" -> new WriteConcern.All();
      default -> new WriteConcern.Count(count(variable, written));
    };
  }

  private static int count(String variable, String written) {
    if (!written.matches("[1-9]\\d{0,3}")) {
      throw new BadSettingException(
          variable, written, "majority, all, or a number of nodes from 1");
    }
    return Integer.parseInt(written);
  }
}
