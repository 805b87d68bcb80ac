package io.replog.connectors.rabbit;

import io.replog.node.settings.Variables;
import io.replog.node.settings.WhenSet;

/// Whether somebody has named a broker.
final class RabbitIsOn extends WhenSet<Variables> {

  RabbitIsOn() {
    super("variables", Variables.class, RabbitSettings::areIn);
  }
}
