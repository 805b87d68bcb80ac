package io.replog.system.power;

/// Something that was acknowledged is not there, or nobody can tell because the log cannot be
/// opened. The message says what.
final class LostException extends RuntimeException {

  LostException(String what) {
    super(what, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
