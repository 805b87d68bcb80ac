package io.replog.node.problem;

import io.replog.log.EntryReleasedException;
import io.replog.log.LogCorruptException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/// Finds the refusal that an exception stands for.
public final class RefusalOf {

  private RefusalOf() {}

  /// What to say of an exception that a handler has thrown, or the reading of JSON.
  public static Refusal exception(Throwable failure) {
    Refusal inside = findRefusal(failure);
    if (inside != null) {
      return JsonErrors.withField(inside, failure);
    }
    return switch (failure) {
      case HttpMessageNotReadableException unreadable -> JsonErrors.refusal(unreadable.getCause());
      case JacksonException unreadable -> JsonErrors.refusal(unreadable);
      case HttpRequestMethodNotSupportedException wrong -> wrongMethod(wrong);
      case HttpMediaTypeNotSupportedException wrong -> wrongType(wrong);
      case HttpMediaTypeNotAcceptableException wrong ->
          Refusal.of(
              ProblemType.NOT_ACCEPTABLE,
              "Accept names no media type that is served here: " + types(wrong));
      case NoResourceFoundException _ -> nothingHere();
      case InvalidParameterException _ ->
          Refusal.badRequest("the query is malformed: parameters must be percent-encoded UTF-8");
      case LogCorruptException _ -> Refusal.damaged();
      case EntryReleasedException released ->
          Refusal.released(released.firstIndex() - 1, released.firstIndex());
      case ErrorResponse other -> otherStatus(other.getStatusCode().value(), other.getHeaders());
      default -> unexpected();
    };
  }

  static Refusal status(int status) {
    return switch (status) {
      case 404 -> nothingHere();
      case 500 -> unexpected();
      default -> {
        ProblemType type = ProblemType.ofStatus(status);
        yield Refusal.of(type, type.explanation());
      }
    };
  }

  private static @Nullable Refusal findRefusal(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 16; depth++) {
      if (at instanceof Refusal refusal) {
        return refusal;
      }
      at = at.getCause();
    }
    return null;
  }

  private static Refusal wrongMethod(HttpRequestMethodNotSupportedException wrong) {
    String[] supported = wrong.getSupportedMethods();
    String allow = supported == null ? "" : String.join(", ", supported);
    return Refusal.of(
            ProblemType.METHOD_NOT_ALLOWED,
            "%s is not possible here, allowed: %s".formatted(wrong.getMethod(), allow))
        .withHeader(HttpHeaders.ALLOW, allow);
  }

  private static Refusal wrongType(HttpMediaTypeNotSupportedException wrong) {
    MediaType sent = wrong.getContentType();
    String what =
        sent == null
            ? "Content-Type is missing or malformed"
            : "Content-Type %s is not read here".formatted(Printable.of(sent.toString()));
    return Refusal.of(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "%s: send %s".formatted(what, readable(wrong.getSupportedMediaTypes())));
  }

  private static String readable(List<MediaType> types) {
    return types.isEmpty()
        ? MediaType.APPLICATION_JSON_VALUE
        : types.stream().map(MediaType::toString).sorted().collect(Collectors.joining(" or "));
  }

  private static String types(HttpMediaTypeNotAcceptableException wrong) {
    return wrong.getSupportedMediaTypes().stream()
        .map(MediaType::toString)
        .collect(Collectors.joining(", "));
  }

  private static Refusal nothingHere() {
    return Refusal.of(
        ProblemType.NOT_FOUND, "there is nothing at this path, GET / lists what is served");
  }

  private static Refusal unexpected() {
    return Refusal.of(
        ProblemType.INTERNAL_ERROR,
        "something unexpected happened; whether anything was appended is unknown");
  }

  private static Refusal otherStatus(int status, HttpHeaders headers) {
    Refusal refusal = status(status);
    String allow = headers.getFirst(HttpHeaders.ALLOW);
    return allow == null ? refusal : refusal.withHeader(HttpHeaders.ALLOW, allow);
  }
}
