package io.replog.node.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Writes a problem as an answer. The bytes are the same for every client; only the media type
/// follows `Accept`.
public final class ProblemWriter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProblemWriter() {}

  /// Answers `request` with `refusal`. Without effect on an answer that has begun to leave.
  public static void write(
      HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    Problem problem = Problem.of(refusal, instance(request.getRequestURI()));
    refusal.headers().forEach(response::setHeader);
    write(response, problem, String.join(",", accepted(request)));
  }

  static void write(HttpServletResponse response, Problem problem, String accept)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = JSON.writeValueAsBytes(problem);
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setContentType(mediaType(accept));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  static byte[] bytes(Problem problem) {
    return JSON.writeValueAsBytes(problem);
  }

  /// `application/json` for those who name it and not the other.
  static String mediaType(@Nullable String accept) {
    boolean plainJson = names(accept, MediaType.APPLICATION_JSON);
    boolean problemJson = names(accept, MediaType.APPLICATION_PROBLEM_JSON);
    return plainJson && !problemJson
        ? MediaType.APPLICATION_JSON_VALUE
        : MediaType.APPLICATION_PROBLEM_JSON_VALUE;
  }

  static String instance(@Nullable String path) {
    return path == null ? "" : Printable.of(path);
  }

  private static boolean names(@Nullable String accept, MediaType wanted) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .anyMatch(type -> type.equalsTypeAndSubtype(wanted) && type.getQualityValue() > 0);
    } catch (InvalidMediaTypeException malformed) {
      return false;
    }
  }

  private static List<String> accepted(HttpServletRequest request) {
    return java.util.Collections.list(request.getHeaders("Accept"));
  }
}
