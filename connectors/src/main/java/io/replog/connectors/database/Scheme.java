package io.replog.connectors.database;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// The tables and triggers of one database. Its scripts may break off behind any statement, and
/// what was done until then stays, or is not noted as done: so each script can be run again over a
/// part of itself, and is, at the next contact.
final class Scheme {

  private static final int MAX_TRIES = 5;

  /// Class of the SQL states of violated constraints.
  private static final String ALREADY_THERE = "23";

  private final String location;

  /// @param migrations folder of the scripts, below which is one for each [Dialect]
  Scheme(String migrations, Dialect dialect) {
    this.location = "classpath:db/%s/%s".formatted(migrations, dialect.word());
  }

  /// Returns when the database is up to date. Several processes may do this at once: one of them
  /// does it, the others wait in the database and find nothing to do. Within one process one thread
  /// at a time does, since H2, whose file belongs to one process, has nothing to wait for. May be
  /// repeated, however it ended.
  void bringUpToDate(DataSource source) {
    for (int left = MAX_TRIES; left > 0; left--) {
      try {
        run(source);
        return;
      } catch (FlywayException failed) {
        if (left == 1 || !mayBeOfAnother(failed)) {
          throw failed;
        }
      }
    }
  }

  /// Whether this may have failed because another one made the history of scripts at this moment:
  /// it is there behind that, or a line of it. What else the database or a script says is of a kind
  /// of its own.
  private static boolean mayBeOfAnother(FlywayException failed) {
    return failed.getClass() == FlywayException.class
        || (failed.getCause() instanceof SQLException written
            && written.getSQLState() != null
            && written.getSQLState().startsWith(ALREADY_THERE));
  }

  private void run(DataSource source) {
    Flyway scripts =
        Flyway.configure()
            .dataSource(source)
            .locations(location)
            .table("replog_scheme")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    if (isToBeRepaired(List.of(scripts.info().all()))) {
      scripts.repair();
    }
    scripts.migrate();
  }

  /// Whether a script has failed in the middle, or did the same in another wording when it was run.
  private static boolean isToBeRepaired(List<MigrationInfo> scripts) {
    return scripts.stream().noneMatch(Scheme::isForeign)
        && scripts.stream()
            .anyMatch(script -> script.getState().isFailed() || !script.isChecksumMatching());
  }

  /// Whether a script of another folder was run under its number: that stays refused.
  private static boolean isForeign(MigrationInfo script) {
    String found = script.getPhysicalLocation();
    return found != null && !found.isEmpty() && !found.endsWith(script.getScript());
  }
}
