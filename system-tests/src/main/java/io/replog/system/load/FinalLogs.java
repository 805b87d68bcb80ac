package io.replog.system.load;

import io.replog.system.history.FinalLog;
import io.replog.system.history.FinalLog.Line;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads the whole log of a node, once everything has come to rest.
public final class FinalLogs {

  private FinalLogs() {}

  public static FinalLog of(String name, NodeClient node) {
    List<Line> records = new ArrayList<>();
    MessageDigest digest = sha256();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                node.stream("/messages?from=1", "Accept", "application/x-ndjson"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        records.add(read(Json.parse(line)));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new FinalLog(name, records, HexFormat.of().formatHex(digest.digest()));
  }

  private static Line read(JsonNode line) {
    return new Line(
        line.get("index").asLong(), line.get("epoch").asLong(), line.get("text").asString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
