package io.replog.connectors.database;

import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Secrets;
import io.replog.node.settings.Variables;
import java.util.Optional;

/// Where a database is, and as whom it is used.
///
/// @param url `<prefix>_URL`, a JDBC address; it may hold no password
/// @param user `<prefix>_USER`, empty for none
/// @param password `<prefix>_PASSWORD` or `<prefix>_PASSWORD_FILE`, empty for none
public record DatabaseSettings(String url, String user, String password) {

  /// The database whose variables begin with `prefix`; empty when its address is not set.
  ///
  /// @throws BadSettingException if one of them cannot be used
  public static Optional<DatabaseSettings> read(Variables variables, String prefix) {
    return variables
        .text(prefix + "_URL")
        .map(
            url ->
                new DatabaseSettings(
                    checked(prefix + "_URL", url),
                    variables.text(prefix + "_USER").orElse(""),
                    Secrets.password(variables, prefix + "_PASSWORD").orElse("")));
  }

  private static String checked(String variable, String url) {
    if (Dialect.of(url).isEmpty()) {
      throw new BadSettingException(
          variable,
          "(hidden)",
          "an address that begins with jdbc:h2:, jdbc:mariadb: or jdbc:postgresql:");
    }
    if (url.matches("(?i).*[?&;]password=.*")) {
      throw new BadSettingException(
          variable,
          "(hidden)",
          "an address without a password: that belongs in %s or %s_FILE"
              .formatted(
                  variable.replace("_URL", "_PASSWORD"), variable.replace("_URL", "_PASSWORD")));
    }
    return url;
  }

  Dialect dialect() {
    return Dialect.of(url).orElseThrow();
  }

  /// Without the password, and without what an address may hide behind its question mark.
  @Override
  public String toString() {
    return url.replaceAll("[?;].*", "");
  }
}
