package io.replog.node.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// The one body of every error: an RFC 9457 problem that is an envelope too.
///
/// JSON: `{"type":"/problems/bad-request","title":"Bad request","status":400,"detail":"data is
/// missing","instance":"/add","status_code":400,"message":"data is missing","data":null}`
///
/// @param type URI reference of the kind
/// @param title the kind in words
/// @param status the HTTP status
/// @param detail one sentence for people
/// @param instance path of the request
/// @param statusCode the HTTP status again, for readers of envelopes
/// @param message the detail again, for readers of envelopes
/// @param data null, or what machines may read
@JsonPropertyOrder({
  "type",
  "title",
  "status",
  "detail",
  "instance",
  "status_code",
  "message",
  "data"
})
public record Problem(
    @JsonProperty("type") String type,
    @JsonProperty("title") String title,
    @JsonProperty("status") int status,
    @JsonProperty("detail") String detail,
    @JsonProperty("instance") String instance,
    @JsonProperty("status_code") int statusCode,
    @JsonProperty("message") String message,
    @JsonProperty("data") @Nullable Object data) {

  static Problem of(Refusal refusal, String instance) {
    return of(refusal.type(), refusal.type().status(), refusal.message(), instance, refusal.data());
  }

  static Problem of(
      ProblemType type, int status, String message, String instance, @Nullable Object data) {
    return new Problem(type.uri(), type.title(), status, message, instance, status, message, data);
  }
}
