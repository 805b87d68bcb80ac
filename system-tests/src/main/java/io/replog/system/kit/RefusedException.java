package io.replog.system.kit;

import java.io.IOException;

/// A stream that a node has not opened: it answered, though not with 200.
public final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedException(String path, int status) {
    super(path + " was answered with " + status);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
