package io.replog.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An earlier write or force has failed, and nothing more is written in this process. No mistake of
/// the caller, who may not have heard yet.
public final class LogFailedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LogFailedException(@Nullable IOException cause) {
    super("the log has failed", cause);
  }
}
