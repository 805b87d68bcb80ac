package io.replog.node.settings;

import java.util.function.Predicate;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether beans are to be made, by what was set. Settings are registered before any bean is made.
///
/// @param <T> what holds the setting
public abstract class WhenSet<T> implements Condition {

  private final String name;
  private final Class<T> type;
  private final Predicate<T> wanted;

  /// @param name under which the settings are registered; without them nothing is wanted
  protected WhenSet(String name, Class<T> type, Predicate<T> wanted) {
    this.name = name;
    this.type = type;
    this.wanted = wanted;
  }

  @Override
  public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    var beans = context.getBeanFactory();
    Object settings = beans == null ? null : beans.getSingleton(name);
    return type.isInstance(settings) && wanted.test(type.cast(settings));
  }
}
