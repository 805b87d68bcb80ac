package io.replog.client.remote;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Many messages on their way to the master, a line each, read while they are sent.
///
/// @param lines JSON lines such as `{"data":"msg1","key":"k1"}`; sent once
/// @param concern a number of nodes, `majority`, `all`, or null for the cluster's default
/// @param timeout how long each may wait for other nodes, null for as long as it takes
record BulkAddRequest(InputStream lines, @Nullable String concern, @Nullable Duration timeout) {

  BulkAddRequest {
    WriteConcern.require(concern);
  }

  HttpRequest toHttp(String master) {
    List<String> query = new ArrayList<>();
    if (concern != null) {
      query.add("write_concern=" + concern);
    }
    if (timeout != null) {
      query.add("timeout_ms=" + timeout.toMillis());
    }
    String path = "/add" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    return HttpRequest.newBuilder(URI.create(master + path))
        .header("Content-Type", "application/x-ndjson")
        .header("Accept", "application/problem+json, application/json")
        .POST(BodyPublishers.ofInputStream(() -> lines))
        .build();
  }
}
