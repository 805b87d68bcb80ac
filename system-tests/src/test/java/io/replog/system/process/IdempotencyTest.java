package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A repeated add under one key is one message.
@ExtendWith(SharedCluster.class)
class IdempotencyTest {

  @Test
  void answersRepetitionForSameIndex(TestCluster cluster) {
    Reply first = cluster.master().add("repeated", 1, "Idempotency-Key", "repeat-1");

    Reply second = cluster.master().add("repeated", 3, "Idempotency-Key", "repeat-1");

    assertThat(first.header("Idempotent-Replay")).isEmpty();
    assertThat(second.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.index()).isEqualTo(first.index());
    assertThat(second.header("Log-Epoch")).isEqualTo(first.header("Log-Epoch"));
    assertThat(second.number("Replication-Acks")).isEqualTo(3);
    assertThat(cluster.master().texts()).containsOnlyOnce("repeated");
  }

  @Test
  void refusesOtherTextUnderSameKey(TestCluster cluster) {
    cluster.master().add("the text", 1, "Idempotency-Key", "other-text");

    Reply reply = cluster.master().add("not the text", 1, "Idempotency-Key", "other-text");

    Problems.requireProblem(reply, 422);
    assertThat(cluster.master().texts()).doesNotContain("not the text");
  }

  @Test
  void appendsOnceWhenManyAskAtOnce(TestCluster cluster) {
    List<CompletableFuture<Reply>> calls =
        IntStream.range(0, 50)
            .mapToObj(
                number ->
                    cluster
                        .master()
                        .addLater("at once", 1 + number % 3, "Idempotency-Key", "at-once"))
            .toList();

    List<Reply> replies = Replies.now(calls);

    assertThat(replies).allMatch(reply -> reply.status() == 200);
    assertThat(replies).extracting(Reply::index).containsOnly(replies.getFirst().index());
    assertThat(replies).filteredOn(r -> r.header("Idempotent-Replay").isEmpty()).hasSize(1);
    assertThat(cluster.master().texts()).containsOnlyOnce("at once");
  }

  @Test
  void distinguishesKeysByCase(TestCluster cluster) {
    long lower = cluster.master().add("case", 1, "Idempotency-Key", "case-key").index();
    long upper = cluster.master().add("case", 1, "Idempotency-Key", "CASE-KEY").index();

    assertThat(upper).isNotEqualTo(lower);
  }

  @Test
  void takesLongestKey(TestCluster cluster) {
    String key = "k".repeat(128);

    assertThat(cluster.master().add("long key", 1, "Idempotency-Key", key).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "caf\u00e9", "tab\there", "LONG"})
  void refusesOtherKeys(String key, TestCluster cluster) throws IOException {
    String written = key.equals("LONG") ? String.join("", Collections.nCopies(129, "k")) : key;
    String body = "{\"data\":\"bad key\"}";

    String answer =
        RawHttp.exchange(
            cluster.master(),
            """
            POST /add HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Type: application/json\r
            Content-Length: %d\r
            Idempotency-Key: %s\r
            \r
            %s\
            """
                .formatted(body.length(), written, body));

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(cluster.master().texts()).doesNotContain("bad key");
  }
}
