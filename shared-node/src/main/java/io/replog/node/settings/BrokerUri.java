package io.replog.node.settings;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the broker is, with the password: `RABBITMQ_URI`, or the file that `RABBITMQ_URI_FILE`
/// names.
public final class BrokerUri {

  static final String VARIABLE = "RABBITMQ_URI";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "amqps?://((?:[\\w.~!$&'()*+,;=:-]|%[\\da-fA-F]{2})+@)?([\\w.-]+|\\[[\\da-fA-F:]+])"
              + "(:\\d{1,5})?(/(?:[\\w.-]|%[\\da-fA-F]{2})+)?");

  private BrokerUri() {}

  /// Whether one is named.
  public static boolean isIn(Variables variables) {
    return variables.text(VARIABLE).isPresent() || variables.text(VARIABLE + "_FILE").isPresent();
  }

  /// @throws BadSettingException if it cannot be used, or there is none
  public static URI read(Variables variables) {
    Optional<String> given = Secrets.password(variables, VARIABLE);
    return given
        .map(BrokerUri::withoutEmptyPath)
        .filter(address -> ADDRESS.matcher(address).matches())
        .map(URI::create)
        .orElseThrow(
            () ->
                new BadSettingException(
                    VARIABLE,
                    given.isPresent() ? "(hidden)" : "not set",
                    "the address of a broker, amqp or amqps, such as"
                        + " amqp://user:password@127.0.0.1:5672"));
  }

  /// The client would take a slash alone for a virtual host without a name.
  private static String withoutEmptyPath(String address) {
    return address.replaceFirst("/$", "");
  }
}
