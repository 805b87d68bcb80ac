package io.replog.connectors.testing;

import io.replog.connectors.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/// The kinds of database that every statement has to work with. A server is started once per
/// program, and each test has a database of its own.
public enum Kind {
  H2(() -> null),
  MARIADB(DatabaseServer::mariadb),
  POSTGRESQL(DatabaseServer::postgresql);

  private final Supplier<DatabaseServer> starting;
  private DatabaseServer server;

  Kind(Supplier<DatabaseServer> starting) {
    this.starting = starting;
  }

  /// A new, empty database; skips the test where its kind is not installed.
  public DatabaseSettings newDatabase() {
    if (this == H2) {
      return new DatabaseSettings(
          "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()), "", "");
    }
    return new DatabaseSettings(server().newDatabase(), server().user(), "");
  }

  private synchronized DatabaseServer server() {
    if (server == null) {
      server = starting.get();
    }
    return server;
  }

  /// A new database of H2 in a file.
  public static DatabaseSettings inFile(Path folder, String name) {
    return new DatabaseSettings("jdbc:h2:" + folder.resolve(name), "", "");
  }
}
