package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// The body of every successful answer. The key order is part of the contract.
///
/// JSON: `{"status_code":200,"message":"Message added successfully","data":null}`
///
/// @param statusCode the HTTP status again
/// @param message one sentence for people
/// @param data what was asked for; null on a successful add
@JsonPropertyOrder({"status_code", "message", "data"})
public record Envelope<T>(
    @JsonProperty("status_code") int statusCode,
    @JsonProperty("message") String message,
    @JsonProperty("data") @Nullable T data) {

  public static <T> Envelope<T> ok(String message, @Nullable T data) {
    return new Envelope<>(200, message, data);
  }
}
