package io.replog.client.check;

/// Something was not as it has to be; the message says what, for people.
public final class MismatchException extends RuntimeException {

  public MismatchException(String message) {
    super(message, null, false, false);
  }

  /// @param claim what has to hold
  /// @throws MismatchException when it does not
  public static void require(boolean holds, String claim) {
    if (!holds) {
      throw new MismatchException("not so: " + claim);
    }
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
