package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.ApiConversation;
import io.replog.system.kit.ApiDocument;
import io.replog.system.kit.ApiDocument.Operation;
import io.replog.system.kit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Running nodes answer as the document says that each of them serves: whatever it calls valid, and
/// whatever it calls invalid.
class OpenApiTest {

  /// An operation of these has no good answer on a healthy cluster: there is nothing to adopt, and
  /// a follower with a master takes nothing from hands. Other tests call them, with the same judge.
  private static final Set<String> NEVER_GOOD_HERE =
      Set.of("post /cluster/adopt", "post /replicate", "post /heartbeat");

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.running("openapi", settings -> settings.set("FAULTS", "on"));
    cluster.master().add("the first", 3);
    cluster
        .master()
        .post("/transactions?write_concern=3", "b, w(49,53), c", "Content-Type", "text/plain");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static ApiConversation about(String node) {
    return new ApiConversation(cluster, node, documentOf(node));
  }

  private static JsonNode documentOf(String node) {
    return cluster.client(node).get("/openapi.json").json();
  }

  @ParameterizedTest
  @ValueSource(strings = {MASTER, FOLLOWER_1})
  void answersAsDescribed(String node) {
    ApiConversation conversation = about(node).all();

    assertThat(conversation.contradictions()).isEmpty();
    assertThat(conversation.document().operations())
        .extracting(Operation::toString)
        .filteredOn(operation -> !NEVER_GOOD_HERE.contains(operation))
        .allMatch(conversation.answeredWell()::contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "text/event-stream"})
  void streamsAsDescribed(String type) {
    ApiConversation conversation = about(FOLLOWER_1);
    Operation messages = conversation.document().find("GET", "/messages").orElseThrow();

    conversation.say(messages, "/messages?from=1&limit=1", "Accept", type);

    assertThat(conversation.contradictions()).isEmpty();
    assertThat(conversation.answeredWell()).containsExactly("get /messages");
  }

  @Test
  void streamsChangesOfTheTableAsDescribed() {
    ApiConversation conversation = about(MASTER);
    Operation table = conversation.document().find("GET", "/table").orElseThrow();

    conversation.sayAndReadAnEvent(table, "/table?from_index=1", "Accept", "text/event-stream");

    assertThat(conversation.contradictions()).isEmpty();
    assertThat(conversation.answeredWell()).containsExactly("get /table");
  }

  @ParameterizedTest
  @ValueSource(strings = {MASTER, FOLLOWER_1})
  void givesExamplesThatAreAsDescribed(String node) {
    ApiDocument document = new ApiDocument(documentOf(node));
    List<String> wrong = new ArrayList<>();

    for (Operation operation : document.operations()) {
      medias(operation.json(), wrong, document);
    }
    for (JsonNode form : documentOf(node).at("/components/schemas").values()) {
      form.path("examples")
          .values()
          .forEach(example -> wrong.addAll(document.contradictions(form, example)));
    }

    assertThat(wrong).isEmpty();
  }

  /// Looks at every media type below, with its example or its examples.
  private static void medias(JsonNode node, List<String> wrong, ApiDocument document) {
    node.path("content")
        .forEachEntry(
            (type, media) -> {
              if (type.equals("application/json")) {
                media
                    .path("examples")
                    .values()
                    .forEach(
                        each ->
                            wrong.addAll(
                                document.contradictions(media.get("schema"), each.get("value"))));
              }
              if (type.equals("application/json") && media.has("example")) {
                wrong.addAll(document.contradictions(media.get("schema"), media.get("example")));
              }
            });
    node.values().forEach(each -> medias(each, wrong, document));
  }

  @Test
  void findsAStatusThatIsNotDescribed() {
    JsonNode document = documentOf(MASTER);
    ((ObjectNode) document.at("/paths/~1messages/get/responses")).remove("400");

    assertThat(new ApiConversation(cluster, MASTER, document).all().contradictions())
        .isNotEmpty()
        .allMatch(line -> line.equals("get /messages: status 400 is not described"));
  }

  @Test
  void findsAFieldOfAnotherTypeAndOneThatIsNotDescribed() {
    JsonNode document = documentOf(MASTER);
    ObjectNode fields = (ObjectNode) document.at("/components/schemas/MasterHealth/properties");
    ((ObjectNode) fields.get("epoch")).put("type", "string");
    fields.remove("fsync");

    assertThat(new ApiConversation(cluster, MASTER, document).all().contradictions())
        .anyMatch(line -> line.startsWith("get /health, 200: /data/epoch "))
        .anyMatch(line -> line.contains("fsync"));
  }
}
