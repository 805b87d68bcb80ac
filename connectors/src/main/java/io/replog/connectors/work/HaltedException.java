package io.replog.connectors.work;

/// Work cannot go on until a person has changed something, which the message says.
public class HaltedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HaltedException(String message) {
    super(message);
  }
}
