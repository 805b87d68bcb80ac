package io.replog.node.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Thrown by a handler to answer with a problem. Which answers are definite (nothing was appended)
/// and which are not is fixed by their type: only [ProblemType#CONCERN_NOT_MET],
/// [ProblemType#INCOMPLETE] and [ProblemType#INTERNAL_ERROR] leave it open.
///
/// Has no stack trace: it is an answer, not a fault.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int SOON_SECONDS = 1;

  private final ProblemType type;
  private final transient @Nullable Object data;
  private final transient Map<String, String> headers;

  private Refusal(
      ProblemType type, String message, @Nullable Object data, Map<String, String> headers) {
    super(message, null, false, false);
    this.type = type;
    this.data = data;
    this.headers = headers;
  }

  /// @param message one sentence for people: which field, which value, what is allowed
  public static Refusal of(ProblemType type, String message) {
    return new Refusal(type, message, null, Map.of());
  }

  /// @param data what machines may read, written as JSON
  public static Refusal of(ProblemType type, String message, Object data) {
    return new Refusal(type, message, data, Map.of());
  }

  /// 400: nothing was appended.
  public static Refusal badRequest(String message) {
    return of(ProblemType.BAD_REQUEST, message);
  }

  /// 503 with `Retry-After`: nothing was appended.
  ///
  /// @param reason a word for machines
  /// @param retryAfterSeconds at least 1
  public static Refusal unavailable(String message, String reason, int retryAfterSeconds) {
    return unavailable(message, Map.of("reason", reason), retryAfterSeconds);
  }

  /// 410: there was a message, and it is not kept any more.
  public static Refusal released(long index, long firstIndex) {
    return of(
        ProblemType.GONE,
        "message %d is not kept any more, the first one kept is %d".formatted(index, firstIndex),
        Map.of("reason", "RELEASED", "first_index", firstIndex));
  }

  /// 503: a read has met damage, or the log is just being opened anew because of it.
  public static Refusal damaged() {
    return unavailable(
        "a damaged part of the log is being looked at, try again", "CORRUPT", SOON_SECONDS);
  }

  /// 503 with `Retry-After` and no data: another try is soon worth it.
  public static Refusal unavailable(String message) {
    return of(ProblemType.UNAVAILABLE, message).retryAfter(SOON_SECONDS);
  }

  /// 503 with `Retry-After` and any data.
  public static Refusal unavailable(String message, Object data, int retryAfterSeconds) {
    return of(ProblemType.UNAVAILABLE, message, data).retryAfter(retryAfterSeconds);
  }

  private Refusal retryAfter(int seconds) {
    return withHeader("Retry-After", Integer.toString(seconds));
  }

  /// The same with one more header.
  public Refusal withHeader(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Refusal(type, message(), data, Map.copyOf(more));
  }

  public ProblemType type() {
    return type;
  }

  /// One sentence for people.
  public String message() {
    return String.valueOf(getMessage());
  }

  public @Nullable Object data() {
    return data;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
