package io.replog.node.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A body that a handler reads.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Sends.All.class)
public @interface Sends {

  /// Media type.
  String type() default "application/json";

  /// A record with the fields of the body; where the body has lines, of a line.
  Class<?> form();

  /// A body that is taken.
  String example();

  /// All of one handler.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Sends[] value();
  }
}
