package io.replog.client.remote;

import io.replog.client.Failure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One message on its way to the master.
///
/// @param text the message
/// @param concern a number of nodes, `majority`, `all`, or null for the cluster's default
/// @param timeout how long the call may wait for other nodes, null for as long as it takes
/// @param key idempotency key, null for none
record AddRequest(
    String text, @Nullable String concern, @Nullable Duration timeout, @Nullable String key) {

  /// On top of the timeout that the master keeps: for the way there and back.
  private static final Duration ALLOWANCE = Duration.ofSeconds(15);

  AddRequest {
    WriteConcern.require(concern);
    if (key != null && !key.matches("[\\x21-\\x7e]{1,128}")) {
      throw Failure.usage("--key takes 1 to 128 visible ASCII characters");
    }
  }

  HttpRequest toHttp(String master) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(master + "/add"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/problem+json, application/json")
            .POST(BodyPublishers.ofString(body()));
    if (key != null) {
      http.header("Idempotency-Key", key);
    }
    if (timeout != null) {
      http.timeout(timeout.plus(ALLOWANCE));
    }
    return http.build();
  }

  private String body() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("data", text);
    if (concern != null && Character.isDigit(concern.charAt(0))) {
      body.put("write_concern", Integer.parseInt(concern));
    } else if (concern != null) {
      body.put("write_concern", concern);
    }
    if (timeout != null) {
      body.put("timeout_ms", timeout.toMillis());
    }
    return body.toString();
  }
}
