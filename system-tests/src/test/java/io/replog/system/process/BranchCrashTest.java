package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Failure;
import io.replog.client.branches.Connectors;
import io.replog.connectors.testing.DatabaseServer;
import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.Seller;
import io.replog.system.kit.TestCluster;
import io.replog.system.sabotage.Sabotage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// People sell in two branches, one in PostgreSQL and one in MariaDB, straight into the tables,
/// while the connectors, either branch's server, the head office's, the master and a follower are
/// killed in turn. In the end the head office, a MariaDB of its own, has each sale once and as it
/// is in its branch, and none that was taken back.
@Timeout(1200)
class BranchCrashTest {

  private static final long SEED = 20_261_122;
  private static final int KILLS_OF_EACH = 2;
  private static final String COLUMNS =
      "version, date, region, product, quantity, cost, amount, tax, total";

  /// Who is killed and started again.
  private enum Victim {
    CONNECTORS,
    LVIV,
    KYIV,
    HEAD_OFFICE,
    LOG,
    FOLLOWER
  }

  private DatabaseServer postgresql;
  private DatabaseServer mariadb;
  private DatabaseServer headOffice;
  private TestCluster cluster;
  private ConnectorsProgram connectors;
  private Seller lviv;
  private Seller kyiv;
  private String headOfficeUrl;

  @BeforeEach
  void lay() {
    postgresql = DatabaseServer.postgresql();
    mariadb = DatabaseServer.mariadb();
    headOffice = DatabaseServer.mariadb();
    cluster = TestCluster.running("branch-crash", settings -> settings);
    connectors = new ConnectorsProgram("branch-crash", cluster.nodes().url(MASTER));
    lviv = new Seller(postgresql, postgresql.newDatabase(), new Random(SEED));
    kyiv = new Seller(mariadb, mariadb.newDatabase(), new Random(SEED + 1));
    headOfficeUrl = headOffice.newDatabase();
    connectors
        .set("BRANCH_1_NAME", "lviv")
        .set("BRANCH_1_URL", lviv.url())
        .set("BRANCH_1_USER", postgresql.user())
        .set("BRANCH_1_INTERVAL", "100ms")
        .set("BRANCH_2_NAME", "kyiv")
        .set("BRANCH_2_URL", kyiv.url())
        .set("BRANCH_2_USER", mariadb.user())
        .set("BRANCH_2_INTERVAL", "100ms")
        .set("HEAD_OFFICE_URL", headOfficeUrl)
        .set("HEAD_OFFICE_USER", headOffice.user())
        .set("HEAD_OFFICE_INTERVAL", "100ms");
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part :
        new AutoCloseable[] {lviv, kyiv, connectors, cluster, headOffice, mariadb, postgresql}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void losesAndDoublesNothingWhoeverIsKilled() throws SQLException {
    connectors.start();
    lviv.begin();
    kyiv.begin();

    killAll();

    stopSelling();
    cluster.awaitInSync();
    synchronise();
    assertSame("lviv", lviv);
    assertSame("kyiv", kyiv);
    assertThat(rows(headOffice, headOfficeUrl, "select * from dead_letters")).isEmpty();
    assertThat(cluster.master().texts())
        .as("each version of each sale is in the log once")
        .doesNotHaveDuplicates();
  }

  @Test
  void findsSalesThatTheHeadOfficeSkips() throws SQLException {
    connectors
        .without(Sabotage.of("io/replog/connectors/headoffice/HeadOfficeTables.write=false"))
        .start();
    lviv.begin();
    lviv.awaitMore(10);

    stopSelling();
    synchronise();

    assertThat(held("lviv")).isNotEqualTo(sold(lviv));
  }

  private void killAll() {
    Random random = new Random(SEED);
    List<Victim> victims =
        new ArrayList<>(
            IntStream.range(0, KILLS_OF_EACH)
                .mapToObj(_ -> List.of(Victim.values()))
                .flatMap(List::stream)
                .toList());
    Collections.shuffle(victims, random);
    for (Victim victim : victims) {
      lviv.awaitMore(random.nextInt(1, 25));
      kyiv.awaitMore(random.nextInt(1, 25));
      kill(victim);
    }
  }

  private void kill(Victim victim) {
    switch (victim) {
      case CONNECTORS -> {
        connectors.kill();
        connectors.start();
      }
      case LVIV -> killAndStart(postgresql);
      case KYIV -> killAndStart(mariadb);
      case HEAD_OFFICE -> killAndStart(headOffice);
      case LOG -> killAndStart(MASTER);
      case FOLLOWER -> killAndStart(FOLLOWER_1);
    }
  }

  private static void killAndStart(DatabaseServer server) {
    server.kill();
    server.start();
  }

  private void killAndStart(String node) {
    cluster.nodes().kill(node);
    cluster.start(node);
  }

  private void stopSelling() {
    lviv.close();
    kyiv.close();
  }

  private void synchronise() {
    Connectors calls = new Connectors(connectors.url(), null);
    for (String branch : List.of("lviv", "kyiv")) {
      TestCluster.await(branch + " is synchronised", () -> isSynchronised(calls, branch));
    }
  }

  /// A server that is slow to let the connectors in is as good as away.
  private static boolean isSynchronised(Connectors calls, String branch) {
    try {
      return calls.sync(branch).path("pending").asLong(-1) == 0;
    } catch (Failure _) {
      return false;
    }
  }

  private void assertSame(String branch, Seller seller) throws SQLException {
    List<String> sold = sold(seller);
    assertThat(held(branch)).as("%s, seed %d", branch, SEED).isEqualTo(sold);
    List<String> products =
        rows(seller.server(), seller.url(), "select product from sales order by id");
    assertThat(products)
        .as("what was committed is there")
        .containsAll(seller.committed())
        .as("what was taken back is not")
        .doesNotContainAnyElementsOf(seller.takenBack());
    assertThat(rows(seller.server(), seller.url(), "select * from sales_refused")).isEmpty();
  }

  private static List<String> sold(Seller seller) throws SQLException {
    return rows(seller.server(), seller.url(), "select id, " + COLUMNS + " from sales order by id");
  }

  private List<String> held(String branch) throws SQLException {
    return rows(
        headOffice,
        headOfficeUrl,
        "select original_sale_id, %s from sales where source_branch = '%s' order by original_sale_id"
            .formatted(COLUMNS, branch));
  }

  private static List<String> rows(DatabaseServer server, String url, String query)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(result.getString(column));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }
}
