package io.replog.system.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A live tail by server-sent events. It reads on a thread of its own until it is closed or the
/// node ends it.
public final class Tail implements AutoCloseable {

  /// One event.
  ///
  /// @param id its id, empty when it has none
  /// @param data the lines of its data, joined
  public record Event(String id, String data) {}

  private final InputStream body;
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private final Thread reader;

  private Tail(InputStream body) {
    this.body = body;
    this.reader = Thread.ofVirtual().name("tail").start(this::read);
  }

  /// Opens `path` of the node; the node has accepted the tail when this returns.
  public static Tail open(NodeClient node, String path, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Accept";
    all[1] = "text/event-stream";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return new Tail(node.stream(path, all));
  }

  /// What has come so far.
  public List<Event> events() {
    return List.copyOf(events);
  }

  public List<Long> ids() {
    return events().stream().map(event -> Long.valueOf(event.id())).toList();
  }

  /// Whether the node ended the stream.
  public boolean hasEnded() {
    return !reader.isAlive();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(id, data.toString()));
          data.setLength(0);
        }
      }
    } catch (IOException _) {
      Thread.currentThread().interrupt(); // the stream was closed on one side or the other
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
