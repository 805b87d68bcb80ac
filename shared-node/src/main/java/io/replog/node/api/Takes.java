package io.replog.node.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A parameter that a handler reads. One in the path is always required, any other never.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Takes.All.class)
public @interface Takes {

  /// Where a parameter stands.
  enum Place {
    QUERY,
    PATH,
    HEADER
  }

  String name();

  /// One sentence for people.
  String says();

  Place in() default Place.QUERY;

  Allowed allowed() default @Allowed;

  /// What it is when absent, empty where that cannot be said in a value.
  String otherwise() default "";

  /// A value with which the operation succeeds, empty where any allowed value will do.
  String example() default "";

  /// All of one handler.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Takes[] value();
  }
}
