package io.replog.connectors.rabbit;

import io.replog.node.settings.Variables;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether somebody has named a broker.
final class RabbitIsOn implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var beans = context.getBeanFactory();
    return beans != null
        && beans.getSingleton("variables") instanceof Variables variables
        && RabbitSettings.areIn(variables);
  }
}
