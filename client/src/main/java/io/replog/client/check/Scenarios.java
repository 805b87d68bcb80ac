package io.replog.client.check;

import static io.replog.client.check.MismatchException.require;

import io.replog.client.cluster.Awaiting;
import io.replog.client.remote.PlainNode;
import io.replog.client.remote.PlainNode.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The acceptance scenarios. Each begins its texts with something of its own, so that it can run on
/// a cluster that holds messages already, and beside other writers.
final class Scenarios {

  /// How long an add must not have returned to be called blocked.
  private static final Duration BLOCKED = Duration.ofSeconds(2);

  private static final int ADDS = 30;

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario("answers have the form of the contract", Scenarios::form, false),
        new Scenario("any text comes back, and w=0 is refused", Scenarios::limits, false),
        new Scenario("w=1 is on the master at once", Scenarios::master, false),
        new Scenario("w=N is on every node when it returns", Scenarios::everywhere, false),
        new Scenario("each w in turn reaches every node", Scenarios::eachConcern, false),
        new Scenario("concurrent adds have one order everywhere", Scenarios::order, false),
        new Scenario("a lost follower blocks w=N alone, and catches up", Scenarios::late, true));
  }

  private static String newRun() {
    return "self-check " + UUID.randomUUID() + " ";
  }

  private static void form(Subject cluster) {
    Answer added = cluster.master().add(newRun() + "form", 1, cluster.limit());
    requireEnvelope(added, "Message added successfully");
    require(added.json().path("data").isNull(), "data of an add is null: " + added.body());
    for (PlainNode node : cluster.nodes()) {
      Answer health = node.get("/health");
      require(health.isSuccess(), node.url() + "/health answers 200, not " + health.status());
      Answer messages = node.get("/messages");
      requireEnvelope(messages, "Messages fetched successfully");
      JsonNode list = messages.json().path("data");
      require(list.isArray(), node.url() + "/messages has a list as data");
      require(
          list.valueStream().allMatch(Scenarios::isMessage),
          node.url() + "/messages has nothing but a text in each message");
    }
  }

  private static boolean isMessage(JsonNode message) {
    return message.size() == 1 && message.path("text").isString();
  }

  private static void limits(Subject cluster) {
    String run = newRun();
    String text = run + "Grüße \"世界\" 🎉\n";
    cluster.add(text, 1);
    Answer refused =
        cluster
            .master()
            .postAdd(
                "{\"data\": \"%snever\", \"write_concern\": 0}".formatted(run), cluster.limit());
    require(
        refused.status() == 400, "w=0 is refused with 400; it was answered " + refused.status());
    require(
        cluster.shown(cluster.master(), run).equals(List.of(text)),
        "the master shows the text as it was given, and nothing of what it refused");
    awaitEverywhere(cluster, run, List.of(text));
  }

  private static void requireEnvelope(Answer answer, String message) {
    JsonNode envelope = answer.json();
    require(
        answer.isSuccess()
            && envelope.size() == 3
            && envelope.path("status_code").isInt()
            && envelope.path("status_code").asInt() == 200
            && envelope.path("message").asString("").equals(message),
        "the answer is 200, status_code, data and the message '%s'; it was %d: %.200s"
            .formatted(message, answer.status(), answer.body()));
  }

  private static void master(Subject cluster) {
    String run = newRun();
    cluster.add(run + 1, 1);
    require(
        cluster.shown(cluster.master(), run).equals(List.of(run + 1)),
        "the master shows what it has accepted");
    awaitEverywhere(cluster, run, List.of(run + 1));
  }

  private static void everywhere(Subject cluster) {
    String run = newRun();
    cluster.add(run + 1, cluster.size());
    for (PlainNode node : cluster.nodes()) {
      require(
          cluster.shown(node, run).equals(List.of(run + 1)),
          node.url() + " shows a message that all nodes have acknowledged");
    }
  }

  private static void eachConcern(Subject cluster) {
    String run = newRun();
    List<String> texts =
        IntStream.rangeClosed(1, cluster.size()).mapToObj(concern -> run + concern).toList();
    for (int concern = 1; concern <= cluster.size(); concern++) {
      cluster.add(texts.get(concern - 1), concern);
    }
    awaitEverywhere(cluster, run, texts);
  }

  private static void order(Subject cluster) {
    String run = newRun();
    List<CompletableFuture<Answer>> adds =
        IntStream.range(0, ADDS)
            .mapToObj(number -> cluster.addLater(run + number, 1 + number % cluster.size()))
            .toList();
    for (int number = 0; number < ADDS; number++) {
      cluster.finish(adds.get(number), 1 + number % cluster.size());
    }
    List<String> order = cluster.shown(cluster.master(), run);
    require(
        order.size() == ADDS && new HashSet<>(order).size() == ADDS,
        "the master shows each of %d messages once".formatted(ADDS));
    awaitEverywhere(cluster, run, order);
  }

  private static void late(Subject cluster) {
    String run = newRun();
    List<String> texts = List.of(run + 1, run + 2, run + 3, run + 4);
    PlainNode late = cluster.nodes().getLast();
    cluster.add(texts.get(0), cluster.size());
    CompletableFuture<Answer> blocked;
    try (LostFollower follower = new LostFollower(cluster)) {
      follower.lose();
      cluster.add(texts.get(1), cluster.size() - 1);
      blocked = cluster.addLater(texts.get(2), cluster.size());
      cluster.await(
          "the master shows the message of the blocked call",
          () -> cluster.shown(cluster.master(), run).size() == 3);
      require(!Awaiting.until(blocked::isDone, BLOCKED), "w=N blocks while a follower is lost");
      cluster.add(texts.get(3), 1);
    }
    cluster.finish(blocked, cluster.size());
    cluster.await(
        late.url() + " shows what it missed, a prefix at every moment",
        () -> Prefix.isWhole(cluster.shown(late, run), texts));
  }

  private static void awaitEverywhere(Subject cluster, String run, List<String> texts) {
    for (PlainNode follower : cluster.followers()) {
      cluster.await(
          follower.url() + " shows the same",
          () -> Prefix.isWhole(cluster.shown(follower, run), texts));
    }
  }
}
