package io.replog.node.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Which values are allowed. With a bound it is a whole number; with words one of them, or one of
/// them beside the numbers; with neither any text.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Allowed {

  /// Least number.
  long least() default Long.MIN_VALUE;

  /// Greatest number.
  long most() default Long.MAX_VALUE;

  /// Words that have a meaning of their own.
  String[] words() default {};

  /// Regular expression for the whole text.
  String pattern() default "";
}
