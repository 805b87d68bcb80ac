package io.replog.follower.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.events.EventLog;
import io.replog.node.feed.FedNodes;
import io.replog.node.http.MasterAddress;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.follower.FollowerInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A feeder between the real core of a follower and an upstream that says what the test wants,
/// without a thread, a clock or a socket.
class FeederTest {

  private static final NodeSettings SETTINGS =
      SettingsReader.read(
          Role.FOLLOWER,
          Map.of(
              "NODE_NAME", "layer-1-1",
              "PORT", "6064",
              "FEED", "every 10 messages",
              "UPSTREAM", "http://127.0.0.1:6062"));

  private final AtomicLong nanoTime = new AtomicLong();
  private final FakeUpstream upstream = new FakeUpstream();
  private final MemoryCore core = new MemoryCore();
  private final Layer layer = new Layer(nanoTime::get);
  private final List<String> lines = new ArrayList<>();
  private Feeder feeder = newFeeder();

  private Feeder newFeeder() {
    return new Feeder(
        SETTINGS,
        upstream,
        core,
        layer,
        new FedNodes(nanoTime::get),
        new MasterAddress(SETTINGS),
        new Lines(lines),
        new SplittableRandom(7));
  }

  private void pass(long millis) {
    nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void showsTheVersionThatTheUpstreamNames() throws Exception {
    upstream.holding(25).showing(20);

    feeder.round();

    assertThat(core.view().commitIndex()).isEqualTo(20);
    assertThat(core.texts()).isEqualTo(upstream.texts(20));
  }

  @Test
  void showsAVersionOnlyWhenAllOfItIsThere() throws Exception {
    upstream.holding(30).showing(30).byPortionsOf(7);

    for (int round = 0; round < 5; round++) {
      feeder.round();
    }

    assertThat(core.versions()).containsExactly(30L);
    assertThat(core.texts()).isEqualTo(upstream.texts(30));
  }

  /// The control of the tests around it: it is not the core that keeps half a version back.
  @Test
  void wouldShowPartOfAVersionIfTheBatchThatEndsItCalledItCommitted() {
    upstream.holding(10);
    core.call(call -> new FollowerInput.Replicate(call, upstream.batch(0, 7, 0)));

    core.call(call -> new FollowerInput.Replicate(call, upstream.batch(7, 10, 10)));

    assertThat(core.versions()).containsExactly(7L, 10L);
  }

  /// The version log asks as soon as it sees the version.
  @Test
  void knowsItsUpstreamBeforeItShowsWhatThatGave() throws Exception {
    List<String> upstreams = new ArrayList<>();
    core.whenCommitted(() -> upstreams.add(layer.upstream() + " in layer " + layer.number()));
    upstream.holding(10).showing(10);

    feeder.round();

    assertThat(upstreams).containsExactly("follower-1 in layer 1");
  }

  @Test
  void asksAgainAtOnceWhileAVersionIsIncomplete() throws Exception {
    upstream.holding(20).showing(20).byPortionsOf(15);

    assertThat(feeder.round()).isZero();
    assertThat(feeder.round()).isPositive();
  }

  @Test
  void reachesTheVersionsThatItAimsAtWhileNewerOnesComeFaster() throws Exception {
    upstream.holding(10).showing(10).byPortionsOf(6);
    for (int round = 0; round < 20; round++) {
      feeder.round();
      upstream.holding(10).showing(20 + 10L * round);
    }

    assertThat(core.versions()).hasSizeGreaterThan(2);
    assertThat(core.versions()).allMatch(version -> version % 10 == 0).isSorted();
  }

  @Test
  void showsTheLastWholeVersionAfterACrashInTheMiddleOfOne() throws Exception {
    upstream.holding(30).showing(10);
    feeder.round();
    upstream.showing(30).byPortionsOf(7);
    feeder.round();

    core.crash();
    feeder = newFeeder();

    assertThat(core.view().commitIndex()).isEqualTo(10);
    assertThat(core.view().standing().position().index()).isEqualTo(17);
    feeder.round();
    feeder.round();
    assertThat(core.versions()).containsExactly(10L, 30L);
  }

  @Test
  void staysWhereItIsWhileTheUpstreamIsBehindIt() throws Exception {
    upstream.holding(30).showing(20);
    feeder.round();

    upstream.showing(10);
    feeder.round();
    assertThat(core.view().commitIndex()).isEqualTo(20);
    assertThat(layer.error()).isNull();

    upstream.showing(30);
    feeder.round();
    assertThat(core.versions()).containsExactly(20L, 30L);
  }

  @Test
  void followsTheUpstreamToANewMaster() throws Exception {
    upstream.holding(10).showing(10);
    feeder.round();
    upstream.inEpoch(2).holding(10).showing(20);

    feeder.round();

    assertThat(core.view().standing().promisedEpoch()).isEqualTo(2);
    assertThat(core.view().commitIndex()).isEqualTo(20);
  }

  @Test
  void refusesAnUpstreamThatObeysAnOlderMaster() throws Exception {
    upstream.inEpoch(2).holding(10).showing(10);
    feeder.round();
    upstream.inEpoch(1).holding(10).showing(20);

    feeder.round();

    assertThat(core.view().commitIndex()).isEqualTo(10);
    assertThat(layer.error()).contains("STALE_EPOCH");
    assertThat(lines).last().asString().contains("STALE_EPOCH");
  }

  @Test
  void refusesAnotherLogAndKeepsItsOwn() throws Exception {
    upstream.holding(10).showing(10);
    feeder.round();
    upstream.ofLog("log-2").inEpoch(5).rewriting(1).holding(10).showing(20);

    feeder.round();

    assertThat(core.texts()).hasSize(10).doesNotContain("other");
    assertThat(layer.error()).contains("OTHER_LOG");
  }

  @Test
  void beginsBehindWhatIsReleased() throws Exception {
    upstream.holding(30).showing(30).keepingFrom(16);

    feeder.round();

    assertThat(core.base().index()).isEqualTo(15);
    assertThat(core.view().commitIndex()).isEqualTo(30);
    assertThat(core.texts()).hasSize(15).startsWith("m16");
  }

  @Test
  void keepsReadingAndSaysSoWhileTheUpstreamIsAway() throws Exception {
    upstream.holding(10).showing(10);
    feeder.round();
    upstream.lost("connection refused");

    long first = feeder.round();
    long last = 0;
    for (int round = 0; round < 50; round++) {
      last = feeder.round();
    }

    assertThat(first).isBetween(1L, 200L);
    assertThat(last).isBetween(1L, 5_000L);
    assertThat(core.view().commitIndex()).isEqualTo(10);
    assertThat(layer.error()).contains("http://127.0.0.1:6062", "connection refused");
    assertThat(lines).filteredOn(line -> line.contains("connection refused")).hasSize(1);

    upstream.lost(null).holding(10).showing(20);
    feeder.round();
    assertThat(layer.error()).isNull();
    assertThat(lines).contains("fed again by follower-1");
  }

  @Test
  void saysHowStaleItIs() throws Exception {
    assertThat(layer.staleness(0).behind()).isNull();
    assertThat(layer.staleness(0).staleMillis()).isNull();

    upstream.holding(20).showing(20).knowing(20, 30);
    feeder.round();
    pass(100);
    assertThat(layer.staleness(20).behind()).isZero();
    assertThat(layer.staleness(20).staleMillis()).isEqualTo(130);

    upstream.holding(7).knowing(27, 0);
    feeder.round();
    pass(50);
    assertThat(layer.staleness(20).behind()).isEqualTo(7);
    assertThat(layer.staleness(20).staleMillis()).isEqualTo(180);

    upstream.lost("away");
    feeder.round();
    pass(1_000);
    assertThat(layer.staleness(20).behind()).isEqualTo(7);
    assertThat(layer.staleness(20).staleMillis()).isEqualTo(1_180);
    assertThat(layer.known().ageMillis()).isEqualTo(1_050);
  }

  @Test
  void isNoStalerThanItsVersionsAreApartWhileManyWrite() throws Exception {
    for (int second = 1; second <= 100; second++) {
      upstream.showing(upstream.end()).holding(7).knowing(upstream.end(), 0);
      feeder.round();
      pass(1_000);
    }

    assertThat(layer.staleness(core.view().commitIndex()).behind()).isEqualTo(7);
    assertThat(layer.staleness(core.view().commitIndex()).staleMillis()).isEqualTo(2_000);
  }

  @Test
  void believesNoUpstreamThatKnowsLessThanItDoes() throws Exception {
    upstream.holding(20).showing(20);
    feeder.round();
    pass(1_000);
    upstream.knowing(10, 0);

    feeder.round();

    assertThat(layer.staleness(20).staleMillis()).isEqualTo(1_000);
    assertThat(layer.known().ageMillis()).isEqualTo(1_000);
  }

  @Test
  void looksOlderRatherThanYoungerWhereTooMuchIsKnown() throws Exception {
    for (int second = 1; second <= 1_000; second++) {
      upstream.holding(1).knowing(upstream.end(), 0);
      feeder.round();
      pass(1_000);
    }
    assertThat(layer.staleness(0).staleMillis()).isNull();

    upstream.showing(900);
    feeder.round();

    assertThat(layer.staleness(900).staleMillis()).isBetween(101_000L, 130_000L);
  }

  @Test
  void tellsItsUpstreamWhereItStandsAndLearnsItsLayer() throws Exception {
    upstream.holding(10).showing(10);
    feeder.round();
    assertThat(upstream.lastRequest().layer()).isNull();
    assertThat(upstream.lastRequest().logId()).isNull();

    feeder.round();

    assertThat(layer.number()).isEqualTo(1);
    assertThat(upstream.lastRequest().layer()).isEqualTo(1);
    assertThat(upstream.lastRequest().version()).isEqualTo(10);
    assertThat(upstream.lastRequest().behind()).isZero();
    assertThat(upstream.lastRequest().position().index()).isEqualTo(10);
    assertThat(upstream.lastRequest().logId()).isEqualTo("log-1");
  }

  /// Keeps every line.
  private record Lines(List<String> all) implements EventLog {

    @Override
    public void happened(String kind, String line) {
      all.add(line);
    }

    @Override
    public void warn(String kind, String line) {
      all.add(line);
    }

    @Override
    public String text(String text) {
      return "";
    }
  }
}
