package io.replog.connectors.log;

import java.util.Set;

/// Nothing of what was sent is in the log, for certain.
public final class AppendRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int TOO_LARGE = 413;
  private static final int KEY_REUSED = 422;
  private static final Set<Integer> FOR_EVER = Set.of(TOO_LARGE, KEY_REUSED);

  private final int status;

  /// @param status what the node answered, 0 when nothing could be sent to it
  AppendRefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// Whether nodes will never take this message as it is. Every other refusal speaks of the
  /// settings, of the node or of the moment, and the same message may be taken later.
  public boolean isForEver() {
    return FOR_EVER.contains(status);
  }
}
