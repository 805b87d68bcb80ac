package io.replog.master.broker;

import io.replog.node.settings.NodeSettings;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether batches go through a broker.
final class BrokerIsOn implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var beans = context.getBeanFactory();
    return beans != null
        && beans.getSingleton("nodeSettings") instanceof NodeSettings settings
        && settings.usesBroker();
  }
}
