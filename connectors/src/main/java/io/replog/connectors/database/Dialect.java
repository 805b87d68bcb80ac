package io.replog.connectors.database;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// The kinds of database that are known here, by the beginning of their address. Statements are the
/// same for all of them; the scheme and the limits of the driver are not.
public enum Dialect {
  /// Embedded: its file belongs to this process while it runs.
  H2,
  MARIADB,
  POSTGRESQL;

  private static final int CONNECT_SECONDS = 3;
  private static final int ANSWER_SECONDS = 60;

  /// The kind that a JDBC address names; empty for any other.
  static Optional<Dialect> of(String url) {
    return Stream.of(values())
        .filter(kind -> url.startsWith("jdbc:%s:".formatted(kind.word())))
        .findFirst();
  }

  /// As it stands in addresses and in the folders of the scheme.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Bounds every wait for the network.
  Properties driverProperties() {
    Properties properties = new Properties();
    switch (this) {
      case H2 -> {}
      case MARIADB -> {
        properties.put("connectTimeout", Integer.toString(CONNECT_SECONDS * 1_000));
        properties.put("socketTimeout", Integer.toString(ANSWER_SECONDS * 1_000));
      }
      case POSTGRESQL -> {
        properties.put("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.put("loginTimeout", Integer.toString(CONNECT_SECONDS));
        properties.put("socketTimeout", Integer.toString(ANSWER_SECONDS));
      }
    }
    return properties;
  }

  /// The address as it is used. A file of H2 is written at each commit, not half a second later, so
  /// that what was answered is still there after the process was killed.
  String safe(String url) {
    boolean file = this == H2 && !url.contains(":mem:") && !url.contains(":tcp:");
    return file && !url.toUpperCase(Locale.ROOT).contains("WRITE_DELAY")
        ? url + ";WRITE_DELAY=0"
        : url;
  }
}
