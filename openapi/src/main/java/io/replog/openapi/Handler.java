package io.replog.openapi;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// One mapping of a method that answers requests.
///
/// @param path with parameters in braces
/// @param verb HTTP method in small letters
record Handler(String path, String verb, Method method) implements Comparable<Handler> {

  private static final Comparator<Handler> ORDER =
      Comparator.comparing(Handler::path)
          .thenComparing(Handler::verb)
          .thenComparing(handler -> handler.method().getDeclaringClass().getName())
          .thenComparing(handler -> handler.method().getName());

  /// Those of all controllers in the package and below.
  static Stream<Handler> below(String base) {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    return scanner.findCandidateComponents(base).stream()
        .map(BeanDefinition::getBeanClassName)
        .map(name -> ClassUtils.resolveClassName(String.valueOf(name), null))
        .flatMap(Handler::of);
  }

  /// Those of one class.
  static Stream<Handler> of(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .flatMap(Handler::of);
  }

  private static Stream<Handler> of(Method method) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
    return mapping == null
        ? Stream.empty()
        : Arrays.stream(mapping.path())
            .flatMap(
                path ->
                    Arrays.stream(mapping.method())
                        .map(verb -> new Handler(path, small(verb), method)));
  }

  private static String small(RequestMethod verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Handler other) {
    return ORDER.compare(this, other);
  }
}
