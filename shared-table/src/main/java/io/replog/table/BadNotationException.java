package io.replog.table;

/// What was written is no transaction. The message is one sentence for people: where, what stands
/// there, and what would be right.
public final class BadNotationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int place;

  BadNotationException(int place, String message) {
    super("at character %d: %s".formatted(place, message), null, false, false);
    this.place = place;
  }

  /// The character at which it goes wrong, from 1.
  public int place() {
    return place;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
