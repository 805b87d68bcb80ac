package io.replog.node.settings;

/// Something that the node was told to use cannot be used. The message is one line for people; the
/// node does not start.
public final class UnusableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnusableException(String line) {
    super(line);
  }
}
