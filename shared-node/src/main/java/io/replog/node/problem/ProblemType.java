package io.replog.node.problem;

import java.util.Locale;

/// The kinds of refusal, by which a machine can tell them apart. Each is explained at
/// `/problems/<slug>`.
public enum ProblemType {
  BAD_REQUEST(
      400, "Bad request", "A field, parameter or header is missing, malformed or out of range."),
  UNAUTHORIZED(
      401, "Credentials needed", "A key or the cluster token is missing or wrong, see detail."),
  FORBIDDEN(403, "Not allowed", "The credentials that were sent do not open this path."),
  NOT_FOUND(404, "Not found", "There is nothing at this path."),
  METHOD_NOT_ALLOWED(
      405, "Method not allowed", "The path has other methods, see the header Allow."),
  NOT_ACCEPTABLE(406, "Not acceptable", "None of the media types in Accept can be served here."),
  REQUEST_TIMEOUT(408, "Body too slow", "The body did not arrive in time."),
  CONFLICT(409, "Conflict", "What was sent contradicts what this node holds, see data.reason."),
  GONE(
      410,
      "No longer kept",
      "What is before the first index kept was deleted, see data.first_index."),
  PRECONDITION_FAILED(412, "Not there yet", "This node does not show the wanted index in time."),
  TOO_LARGE(413, "Too large", "The message or the body is above its limit."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "Unsupported media type", "The body has a media type that is not read here."),
  KEY_REUSED(422, "Key used before", "The idempotency key stands for another message."),
  TOO_MANY_REQUESTS(429, "Too many requests", "This client is over its limit."),
  INTERNAL_ERROR(500, "Internal error", "Unexpected; whether anything was appended is unknown."),
  UNAVAILABLE(503, "Not now", "Nothing was appended. Try again later."),
  CONCERN_NOT_MET(504, "Concern not met", "The message is in the log, or may be; see data."),
  INCOMPLETE(
      504, "Not all of it", "Some of it was done, or may have been; data or detail says what."),
  NO_SPACE(507, "No space left", "Nothing was appended. The disk is full.");

  private final int status;
  private final String title;
  private final String explanation;

  ProblemType(int status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// A few words, the same for every refusal of this kind.
  public String title() {
    return title;
  }

  /// One sentence for people.
  public String explanation() {
    return explanation;
  }

  /// The last part of the URI of this type.
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The URI reference that identifies this type.
  public String uri() {
    return "/problems/" + slug();
  }

  /// The type with this status; for others, the one that says the least.
  static ProblemType ofStatus(int status) {
    for (ProblemType type : values()) {
      if (type.status == status) {
        return type;
      }
    }
    return status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
  }
}
