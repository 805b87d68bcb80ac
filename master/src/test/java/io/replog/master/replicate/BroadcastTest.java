package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replog.broker.ClusterMessages;
import io.replog.master.replicate.BatchReading.Encoded;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.replication.master.MasterEffect.Send;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What goes through the stream and what over HTTP, with a broker and followers that do what the
/// test says.
class BroadcastTest {

  private static final String F1 = "follower-1";
  private static final String F2 = "follower-2";

  /// Three seconds less is how long an answer by the broker is waited for.
  private static final Duration AT_ONCE = Duration.ofMillis(3_500);

  private static final Duration LONG = Duration.ofMinutes(2);

  /// Remembers what is published, and ends it as it is told.
  private static final class FakeBroker implements BatchPublisher {

    private record Published(long number, byte[] json, Consumer<@Nullable String> end) {}

    private final List<Published> published = new ArrayList<>();
    private boolean ready = true;
    private @Nullable Broadcast joined;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void publish(String startId, long number, byte[] json, Consumer<@Nullable String> end) {
      published.add(new Published(number, json, end));
    }

    @Override
    public void join(Broadcast broadcast) {
      joined = broadcast;
    }

    @Override
    public void leave(Broadcast broadcast) {
      joined = null;
    }
  }

  private final JsonMapper json = JsonMapper.builder().build();
  private final FakeBroker broker = new FakeBroker();
  private final Set<String> cutOff = new HashSet<>();
  private final Broadcast broadcast = new Broadcast("life", broker, cutOff::contains, json);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> overHttp = new ArrayList<>();
  private final Loads loads1 = loads(F1);
  private final Loads loads2 = loads(F2);
  private long durable = 100;
  private int batchEntries = 10;
  private int padding;
  private boolean strangers;

  /// Batches of at most [#batchEntries] entries; HTTP refuses everything.
  private Loads loads(String follower) {
    return new BroadcastLoads(
        follower,
        broadcast,
        this::encode,
        (batch, _) -> {
          overHttp.add(follower + " " + new String(batch, StandardCharsets.UTF_8).strip());
          return new Outcome.Refused(RefusalReason.GAP, standing(follower, 0));
        },
        outcome -> strangers ? new Outcome.Failed(FailureKind.MALFORMED, "a stranger") : outcome,
        meters);
  }

  private Encoded encode(Send batch, long upTo) {
    long before = batch.previous().index();
    long last = Math.min(upTo, before + batchEntries);
    String text = "%d-%d".formatted(before + 1, last) + " ".repeat(padding);
    return new Encoded(last, text.getBytes(StandardCharsets.UTF_8));
  }

  private Send send(String follower, long before) {
    return new Send(
        follower, 1, new Position(before, 1, before), durable, 10, 1, "log", 1, durable, 0, 0);
  }

  private Load load(String follower, long before) {
    return (follower.equals(F1) ? loads1 : loads2).of(send(follower, before));
  }

  /// As the core does before anything else.
  private void probe(String follower) {
    long known = durable;
    durable = 0;
    load(follower, 0);
    durable = known;
  }

  private static Standing standing(String follower, long index) {
    return new Standing(
        follower,
        follower,
        "log",
        1,
        new Position(index, 1, index),
        0,
        FsyncMode.ALWAYS,
        null,
        null);
  }

  private void acknowledge(String follower, long number, long index) {
    byte[] body =
        json.writeValueAsBytes(json.createObjectNode().putPOJO("data", standing(follower, index)));
    broadcast.answered(follower, number, 200, body);
  }

  private void refuse(String follower, long number) {
    broadcast.answered(follower, number, 503, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private List<String> published() {
    return broker.published.stream()
        .map(each -> new String(each.json(), StandardCharsets.UTF_8).strip())
        .toList();
  }

  /// Both have shown that they hear, and stand behind #10.
  private void bothHear() {
    probe(F1);
    probe(F2);
    load(F1, 0).way().send(LONG);
    load(F2, 0).way().send(LONG);
    acknowledge(F1, 1, 10);
    acknowledge(F2, 1, 10);
    overHttp.clear();
  }

  private void assertAcknowledged(Load load) {
    assertThat(load.way().send(AT_ONCE)).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(overHttp).isEmpty();
  }

  @Test
  void publishesOnceWhatTwoFollowersAreSent() {
    bothHear();
    assertThat(published()).containsExactly("1-10");

    Load first = load(F1, 10);
    Load second = load(F2, 10);

    assertThat(published()).containsExactly("1-10", "11-20");
    assertThat(List.of(first.lastIndex(), second.lastIndex())).containsOnly(20L);
    acknowledge(F1, 2, 20);
    acknowledge(F2, 2, 20);
    assertAcknowledged(first);
    assertAcknowledged(second);
    assertThat(
            meters
                .counter("replog.follower.sends", "follower", F1, "transport", "rabbitmq")
                .count())
        .isEqualTo(1);
  }

  @Test
  void goesOverHttpTooUntilFollowerHasShownThatItHears() {
    load(F1, 0).way().send(LONG);
    load(F2, 0).way().send(LONG);

    assertThat(published()).containsExactly("1-10");
    assertThat(overHttp).containsExactly(F1 + " 1-10", F2 + " 1-10");
  }

  @Test
  void takesAnswerThatCameBeforeAnybodyWaited() {
    bothHear();
    load(F1, 10);
    acknowledge(F2, 2, 20);

    assertAcknowledged(load(F2, 10));
  }

  @Test
  void waitsForAnswerThatComesLater() {
    bothHear();
    Load load = load(F1, 10);

    CompletableFuture<Outcome> sent = CompletableFuture.supplyAsync(() -> load.way().send(LONG));
    acknowledge(F1, 2, 20);

    assertThat(sent.join()).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void goesOverHttpInTheSameCallWhenNoAnswerComes() {
    bothHear();

    Outcome outcome = load(F1, 10).way().send(AT_ONCE);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void goesOverHttpInTheSameCallWhenFollowerRefuses() {
    bothHear();
    Load load = load(F1, 10);
    refuse(F1, 2);

    assertThat(load.way().send(LONG)).isInstanceOf(Outcome.Refused.class);
    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void takesPartAgainAtTheEndOfTheStream() {
    bothHear();
    load(F1, 10).way().send(AT_ONCE);
    overHttp.clear();

    load(F2, 10);
    load(F2, 20);
    Load missed = load(F1, 20);
    assertThat(missed.lastIndex()).isEqualTo(30);
    missed.way().send(LONG);
    assertThat(overHttp).containsExactly(F1 + " 21-30");
    acknowledge(F1, 3, 30);
    overHttp.clear();
    Load along = load(F1, 30);
    acknowledge(F1, 4, 40);

    assertAcknowledged(along);
  }

  @Test
  void givesNoAnswerFromBeforeTheFollowerWasLost() {
    bothHear();
    load(F2, 10);
    acknowledge(F1, 2, 20);

    Load again = load(F1, 0);
    Load behind = load(F1, 10);
    behind.way().send(LONG);

    assertThat(again.lastIndex()).isEqualTo(10);
    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void sendsFollowerThatIsBehindNothingBeyondTheStream() {
    bothHear();
    load(F2, 10);
    durable = 200;
    batchEntries = 50;

    Load behind = load(F1, 3);

    assertThat(behind.lastIndex()).isEqualTo(20);
    assertThat(published()).hasSize(2);
  }

  @Test
  void takesTheRestOfPublicationThatBeganBefore() {
    bothHear();
    durable = 15;
    Load first = load(F1, 10);
    durable = 100;

    assertThat(first.lastIndex()).isEqualTo(15);
    load(F2, 10);
    Load next = load(F2, 15);
    acknowledge(F2, 3, 25);

    assertThat(next.lastIndex()).isEqualTo(25);
    assertAcknowledged(next);
    assertThat(published()).containsExactly("1-10", "11-15", "16-25");
  }

  @Test
  void asksForNoMoreThanTheCoreKnowsToBeDurable() {
    bothHear();
    load(F1, 10);
    durable = 15;

    Load second = load(F2, 10);
    acknowledge(F2, 2, 20);

    assertThat(second.lastIndex()).isEqualTo(15);
    assertAcknowledged(second);
  }

  @Test
  void leavesProbesToHttp() {
    bothHear();
    durable = 10;

    Load probe = load(F1, 10);

    assertThat(probe.lastIndex()).isEqualTo(10);
    assertThat(published()).hasSize(1);
  }

  @Test
  void goesOverHttpAloneWhileBrokerIsAway() {
    bothHear();
    broker.ready = false;

    load(F1, 10).way().send(LONG);

    assertThat(published()).hasSize(1);
    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void beginsAnewWhereFollowersAreWhenBrokerIsBack() {
    bothHear();
    broker.ready = false;
    broadcast.interrupted("away");
    load(F1, 10);
    load(F1, 20);
    broker.ready = true;

    load(F1, 30);
    Load behind = load(F2, 10);

    assertThat(published()).containsExactly("1-10", "31-40");
    assertThat(behind.lastIndex()).isEqualTo(20);
  }

  @Test
  void keepsNobodyWaitingWhenPublishingFails() {
    bothHear();
    Load first = load(F1, 10);
    Load second = load(F2, 10);

    broker.published.getLast().end().accept("a queue is full");

    assertThat(first.way().send(LONG)).isInstanceOf(Outcome.Refused.class);
    assertThat(second.way().send(LONG)).isInstanceOf(Outcome.Refused.class);
    assertThat(overHttp).containsExactly(F1 + " 11-20", F2 + " 11-20");
  }

  @Test
  void goesOnWhenBrokerConfirms() {
    bothHear();
    Load load = load(F1, 10);
    broker.published.getLast().end().accept(null);
    acknowledge(F1, 2, 20);

    assertAcknowledged(load);
  }

  @Test
  void letsBatchThatIsTooLongGoOverHttp() {
    bothHear();
    padding = ClusterMessages.MAX_BODY_BYTES;

    load(F1, 10).way().send(LONG);
    padding = 0;
    load(F1, 20);

    assertThat(published()).containsExactly("1-10", "21-30");
    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void asksOverHttpWhereStrangerAnswersByTheBroker() {
    bothHear();
    strangers = true;
    Load load = load(F1, 10);
    acknowledge(F1, 2, 20);

    assertThat(load.way().send(AT_ONCE)).isNotInstanceOf(Outcome.Acknowledged.class);

    assertThat(overHttp).containsExactly(F1 + " 11-20");
  }

  @Test
  void hearsNobodyWhoIsCutOff() {
    bothHear();
    Load load = load(F1, 10);
    cutOff.add(F1);
    acknowledge(F1, 2, 20);

    load.way().send(AT_ONCE);
    load(F1, 20);

    assertThat(overHttp).containsExactly(F1 + " 11-20");
    assertThat(published()).hasSize(2);
  }

  @Test
  void ignoresAnswersToWhatItDoesNotKnow() {
    acknowledge(F1, 7, 70);
    bothHear();
    acknowledge("stranger", 1, 10);
    Load load = load(F1, 10);
    acknowledge("stranger", 2, 20);

    assertThat(load.way().send(AT_ONCE)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void forgetsWhatIsFarBehind() {
    bothHear();
    for (int batch = 1; batch <= Broadcast.MAX_KNOWN + 1; batch++) {
      durable += 10;
      load(F1, 10L * batch);
    }

    Load behind = load(F2, 10);
    behind.way().send(LONG);

    assertThat(overHttp).containsExactly(F2 + " 11-20");
  }

  @Test
  void letsGoOfEverybodyAtItsEnd() {
    bothHear();
    Load load = load(F1, 10);

    broadcast.close();

    assertThat(broker.joined).isNull();
    assertThat(load.way().send(LONG)).isInstanceOf(Outcome.Refused.class);
  }
}
