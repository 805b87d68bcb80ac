package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/// When a node forces what it has written to stable storage. Only `always` may be called durable.
public enum FsyncMode {
  /// Before every acknowledgement.
  @JsonProperty("always")
  ALWAYS,
  /// Every `FSYNC_INTERVAL`; a power cut may lose what was acknowledged since.
  @JsonProperty("interval")
  INTERVAL,
  /// Whenever the operating system likes.
  @JsonProperty("never")
  NEVER
}
