package io.replog.model.settings;

import java.util.Objects;

/// A line of a `.env` file that cannot be read. The message is one line for people: file, line
/// number and reason; it does not repeat the line, which may hold a secret.
public final class BadLineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadLineException(String source, int number, String reason) {
    super(source + " line " + number + ": " + reason);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
