package io.replog.log;

/// The data directory cannot be used as it is, and trying again would not help: it is locked, of
/// another node, of a newer format, or lacks what it must have. The message is one line for a
/// person and names the directory or file.
public final class LogRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogRefusedException(String message) {
    super(message);
  }
}
