package io.replog.client.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the runner remembers of a node's process, in a file of its own so that any later command
/// finds it.
///
/// JSON: `{"pid":4711,"start_mark":"5e2c…/1234567","stopped":false}`
///
/// @param pid process id of the last start
/// @param startMark start of that process, see [ProcessIdentity]
/// @param stopped whether it was asked to end; a process that is gone without having been asked has
///   exited by itself or was killed
record NodeRecord(
    @JsonProperty("pid") long pid,
    @JsonProperty("start_mark") String startMark,
    @JsonProperty("stopped") boolean stopped) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static NodeRecord of(ProcessIdentity identity) {
    return new NodeRecord(identity.pid(), identity.startMark(), false);
  }

  /// The record in `file`, or null when there is none or a crash left half of one.
  static @Nullable NodeRecord read(Path file) {
    String text = Disk.readIfThere(file);
    try {
      return text == null ? null : JSON.readValue(text, NodeRecord.class);
    } catch (JacksonException _) {
      return null;
    }
  }

  void write(Path file) {
    Disk.write(file, JSON.writeValueAsString(this));
  }

  NodeRecord asStopped() {
    return new NodeRecord(pid, startMark, true);
  }

  ProcessIdentity identity() {
    return new ProcessIdentity(pid, startMark);
  }
}
