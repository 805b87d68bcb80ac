package io.replog.node.settings;

/// A setting has a value that cannot be used. The message is one line for people: variable, value,
/// what is allowed. The node does not start.
public final class BadSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param allowed what the value must be, as the end of a sentence
  public BadSettingException(String variable, String value, String allowed) {
    super(variable + "=" + printable(value) + " cannot be used: it must be " + allowed);
  }

  private static String printable(String value) {
    String oneLine = value.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() <= 200 ? oneLine : oneLine.substring(0, 200) + "...";
  }
}
