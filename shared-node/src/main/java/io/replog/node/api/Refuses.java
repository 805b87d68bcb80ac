package io.replog.node.api;

import io.replog.node.problem.ProblemType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Refusals of a handler, beyond those that every operation may meet: bad requests, missing
/// credentials, bodies that are too large, too slow or of another type, and internal errors.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Refuses.All.class)
public @interface Refuses {

  ProblemType[] value();

  /// What `data` may hold beside null: a record, nothing for any object.
  Class<?> data() default Object.class;

  /// One sentence for people, empty for the explanation of the types.
  String says() default "";

  AnswerHeader[] headers() default {};

  /// All of one handler.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    Refuses[] value();
  }
}
