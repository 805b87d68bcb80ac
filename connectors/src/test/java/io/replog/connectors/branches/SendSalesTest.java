package io.replog.connectors.branches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.connectors.database.Database;
import io.replog.connectors.database.DatabaseOfflineException;
import io.replog.connectors.log.AppendRefusedException;
import io.replog.connectors.log.AppendUnknownException;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.log.LogClients;
import io.replog.connectors.testing.FakeLog;
import io.replog.connectors.testing.Kind;
import io.replog.connectors.work.HaltedException;
import io.replog.model.WriteConcern;
import io.replog.node.json.StrictJson;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendSalesTest {

  private final FakeLog log = new FakeLog();
  private final Line line = new Line();
  private final Database database =
      new Database("branch lviv", Kind.H2.newDatabase(), "branch", InstantSource.system());
  private final SalesTable sales = new SalesTable(database);
  private final Outbox outbox = new Outbox(database);
  private final SendSales sending = sending(Optional.empty());

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  @Test
  void sendsEachSaleOnceInItsOrderAndThenNothing() {
    sales.add(OutboxTest.sale("tea"));
    sales.add(OutboxTest.sale("coffee"));

    assertThat(sending.step()).isFalse();
    int requests = log.requests();
    assertThat(sending.step()).isFalse();

    assertThat(keys()).containsExactly("sale/lviv/1/1", "sale/lviv/2/1");
    assertThat(outbox.pending()).isZero();
    assertThat(log.requests()).as("nothing to send, so nothing is sent").isEqualTo(requests);
  }

  @Test
  void sendsChangedSaleUnderItsNewVersion() {
    long id = sales.add(OutboxTest.sale("tea")).id();
    sending.step();
    sales.change(id, OutboxTest.sale("green tea"));
    sales.change(id, OutboxTest.sale("black tea"));

    sending.step();

    assertThat(keys()).containsExactly("sale/lviv/1/1", "sale/lviv/1/3");
    assertThat(log.entries().getLast().text()).contains("black tea");
  }

  @Test
  void sendsMoreThanOneBatchStepByStep() {
    IntStream.range(0, 501).forEach(number -> sales.add(OutboxTest.sale("tea " + number)));

    assertThat(sending.step()).isTrue();
    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(sending.step()).isFalse();

    assertThat(log.entries()).hasSize(501);
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void appendsOnceWhereAnswersAreLost() {
    sales.add(OutboxTest.sale("tea"));
    sales.add(OutboxTest.sale("coffee"));
    log.dropAnswers(2);

    assertThatThrownBy(sending::step).isInstanceOf(AppendUnknownException.class);
    assertThat(outbox.pending()).as("what may be lost is still to be sent").isEqualTo(2);
    sending.step();

    assertThat(keys()).containsExactly("sale/lviv/1/1", "sale/lviv/2/1");
    assertThat(outbox.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 400, 401, 404, 405, 406, 412, 415, 429})
  void keepsAllWhereLogRefusesForReasonThatIsNotOfTheSale(int status) {
    sales.add(OutboxTest.sale("tea"));
    log.refuseAdds(status);

    assertThatThrownBy(sending::step).isInstanceOf(AppendRefusedException.class);

    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(outbox.refused()).isZero();
  }

  @Test
  void keepsRestOfBatchWhereLogRefusesItForReasonThatIsNotOfTheSale() {
    sales.add(OutboxTest.sale("poison"));
    sales.add(OutboxTest.sale("tea"));
    log.refuseTexts(text -> text.contains("poison"));
    log.refuseEachWith(400);

    assertThatThrownBy(sending::step).isInstanceOf(AppendRefusedException.class);

    assertThat(outbox.pending()).isEqualTo(2);
    assertThat(outbox.refused()).isZero();
  }

  @Test
  void putsOneThatTheLogNeverTakesAsideAndSendsTheRest() {
    sales.add(OutboxTest.sale("tea"));
    sales.add(OutboxTest.sale("poison"));
    sales.add(OutboxTest.sale("coffee"));
    log.refuseTexts(text -> text.contains("poison"));

    sending.step();

    assertThat(keys()).containsExactly("sale/lviv/1/1", "sale/lviv/3/1");
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.refused()).isEqualTo(1);
  }

  @Test
  void doesNotTouchBranchWhoseLineIsCut() {
    sales.add(OutboxTest.sale("tea"));
    line.set(false);

    assertThatThrownBy(sending::step).isInstanceOf(DatabaseOfflineException.class);

    assertThat(log.entries()).isEmpty();
  }

  @Test
  void refusesAnotherLogBeforeAnythingIsSentToIt() {
    sales.add(OutboxTest.sale("tea"));
    sending.step();
    sales.add(OutboxTest.sale("coffee"));
    log.replace("log-2");

    assertThatThrownBy(sending::step)
        .isInstanceOf(HaltedException.class)
        .hasMessageContainingAll("lviv", "log-1", "log-2", "LOG_URL", "BRANCHES_ACCEPT_LOG=log-2");

    assertThat(log.entries()).isEmpty();
    assertThat(outbox.pending()).isEqualTo(1);
  }

  @Test
  void refusesAnotherLogWhereNothingIsToBeSentToo() {
    sales.add(OutboxTest.sale("tea"));
    sending.step();
    log.replace("log-2");

    assertThatThrownBy(sending::step).isInstanceOf(HaltedException.class);
  }

  @Test
  void sendsEverySaleOnceToAnotherLogThatIsAccepted() {
    sales.add(OutboxTest.sale("tea"));
    sending.step();
    sales.add(OutboxTest.sale("coffee"));
    log.replace("log-2");
    SendSales accepting = sending(Optional.of("log-2"));

    accepting.step();
    accepting.step();

    assertThat(keys()).containsExactlyInAnyOrder("sale/lviv/1/1", "sale/lviv/2/1");
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.sent()).isEqualTo(new Sent("log-2", 2));
    log.replace("log-3");
    assertThatThrownBy(accepting::step).isInstanceOf(HaltedException.class);
  }

  @Test
  void remembersHighestIndexOfWhatWasSent() {
    sales.add(OutboxTest.sale("tea"));
    sending.step();
    log.append(null, "of others");
    sales.add(OutboxTest.sale("coffee"));

    sending.step();

    assertThat(outbox.sent()).isEqualTo(new Sent("log-1", 3));
  }

  private SendSales sending(Optional<String> accepted) {
    LogClient client = LogClients.of(log.url());
    return new SendSales(
        "lviv",
        line,
        new RightLog("lviv", outbox, client, accepted),
        outbox,
        client,
        new WriteConcern.Majority(),
        StrictJson.mapper(1 << 20));
  }

  private List<String> keys() {
    return log.entries().stream().map(FakeLog.Held::key).toList();
  }
}
