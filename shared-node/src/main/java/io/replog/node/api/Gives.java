package io.replog.node.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A good answer of a handler. A handler that returns an envelope need not say what is in it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Gives.All.class)
public @interface Gives {

  int status() default 200;

  /// One sentence for people.
  String says();

  /// Media type, empty where there is no body.
  String type() default "application/json";

  /// What is in the envelope: a record, `Void` where it is null, nothing to be taken from the
  /// handler's return type.
  Class<?> data() default Gives.class;

  /// Whether it is a list of them.
  boolean list() default false;

  /// The body where it is no envelope; where it has lines or events, one of them.
  Class<?> body() default Gives.class;

  /// Headers that this answer has. Those that it may have are among them.
  AnswerHeader[] headers() default {};

  /// A body that a node really sends, or one line or event of it.
  String example() default "";

  /// All of one handler.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Gives[] value();
  }
}
