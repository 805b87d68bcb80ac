package io.replog.connectors.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real database server of this test alone: in a directory of its own, on a free port of this
/// machine, as a user without rights. It keeps nothing when the test is over.
public abstract sealed class DatabaseServer implements AutoCloseable {

  private static final String UNPRIVILEGED = "nobody";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final int port;
  private Process process;
  private int databases;

  private DatabaseServer(String name) {
    this.directory = newDirectory(name);
    this.port = Ports.free();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end " + name));
  }

  /// A new PostgreSQL; skips the test where it is not installed.
  public static DatabaseServer postgresql() {
    DatabaseServer server = new PostgreSql(Tools.require("initdb", "postgresql"));
    server.start();
    return server;
  }

  /// A new MariaDB; skips the test where it is not installed.
  public static DatabaseServer mariadb() {
    Path server = Tools.require("mariadbd", "mariadb-server");
    DatabaseServer started =
        new MariaDb(server, Tools.require("mariadb-install-db", "mariadb-server"));
    started.start();
    return started;
  }

  abstract List<String> command();

  abstract String url(String database);

  /// As whom it is used; there is no password.
  public abstract String user();

  /// Makes an empty database.
  ///
  /// @return its JDBC address
  public synchronized String newDatabase() {
    String name = "test_" + ++databases;
    try (Connection connection = connect(url(firstDatabase()))) {
      connection.createStatement().execute("create database " + name);
      return url(name);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  abstract String firstDatabase();

  public Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, user(), "");
  }

  /// Starts it and returns when it answers.
  public final void start() {
    process = spawn(command());
    long begin = System.nanoTime();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException("it does not answer: " + output());
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Connection _ = connect(url(firstDatabase()))) {
      return true;
    } catch (SQLException _) {
      pause();
      return false;
    }
  }

  private void pause() {
    try {
      process.waitFor(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// SIGKILL; returns when it is gone. What was committed is there after the next start.
  public final void kill() {
    stop(true);
  }

  private void stop(boolean forcibly) {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all = process.descendants().toList();
    if (forcibly) {
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    } else {
      process.destroy();
    }
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    all.forEach(DatabaseServer::awaitEnd);
  }

  /// One that lingers keeps memory that the next start wants.
  private static void awaitEnd(ProcessHandle child) {
    child.onExit().completeOnTimeout(child, LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  Path directory() {
    return directory;
  }

  int port() {
    return port;
  }

  final void run(List<String> line) {
    try {
      Process started = spawn(line);
      if (!started.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || started.exitValue() != 0) {
        throw new IllegalStateException(line + ": " + output());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Process spawn(List<String> line) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(
          List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=nogroup", "--clear-groups", "--"));
    }
    whole.addAll(line);
    try {
      ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path log() {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  private String output() {
    try {
      return Files.readString(log());
    } catch (IOException failed) {
      return failed.toString();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path newDirectory(String name) {
    try {
      Path made =
          Files.createTempDirectory(
              Path.of("/tmp"),
              "replog-" + name + "-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (isRoot()) {
        Files.setOwner(
            made,
            made.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(UNPRIVILEGED));
      }
      return made;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public final void close() {
    stop(false);
    delete(log());
    delete(directory);
  }

  private static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException _) {
      // It is gone, or will be with the machine's other temporary files.
      return;
    }
  }

  private static final class PostgreSql extends DatabaseServer {

    private final Path programs;

    PostgreSql(Path initdb) {
      super("postgresql");
      this.programs = initdb.getParent();
      run(
          List.of(
              initdb.toString(),
              "--pgdata=" + data(),
              "--username=replog",
              "--auth=trust",
              "--encoding=UTF8",
              "--no-locale",
              "--no-sync"));
    }

    private String data() {
      return directory().resolve("data").toString();
    }

    @Override
    List<String> command() {
      return List.of(
          programs.resolve("postgres").toString(),
          "-D",
          data(),
          "-p",
          Integer.toString(port()),
          "-c",
          "listen_addresses=127.0.0.1",
          "-c",
          "unix_socket_directories=",
          "-c",
          "shared_buffers=32MB",
          "-c",
          "fsync=off");
    }

    @Override
    String url(String database) {
      return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    @Override
    public String user() {
      return "replog";
    }

    @Override
    String firstDatabase() {
      return "postgres";
    }
  }

  private static final class MariaDb extends DatabaseServer {

    private final Path server;

    MariaDb(Path server, Path installer) {
      super("mariadb");
      this.server = server;
      run(
          List.of(
              installer.toString(),
              "--no-defaults",
              "--datadir=" + data(),
              "--auth-root-authentication-method=normal",
              "--skip-test-db"));
    }

    private String data() {
      return directory().resolve("data").toString();
    }

    @Override
    List<String> command() {
      return List.of(
          server.toString(),
          "--no-defaults",
          "--datadir=" + data(),
          "--port=" + port(),
          "--bind-address=127.0.0.1",
          "--socket=" + directory().resolve("socket"),
          "--pid-file=" + directory().resolve("pid"),
          "--tmpdir=" + directory(),
          "--innodb-buffer-pool-size=32M",
          "--innodb-flush-log-at-trx-commit=2");
    }

    @Override
    String url(String database) {
      return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port(), database);
    }

    @Override
    public String user() {
      return "root";
    }

    @Override
    String firstDatabase() {
      return "mysql";
    }
  }
}
