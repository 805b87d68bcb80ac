package io.replog.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.security.ClusterToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;

class ClusterMessagesTest {

  private static final byte[] BODY = "{\"entries\":[]}".getBytes(StandardCharsets.UTF_8);
  private static final EntriesMessage ENTRIES = new EntriesMessage("life", 7, "answers", BODY);
  private static final AnswerMessage ANSWER = new AnswerMessage("life", 7, "follower-1", 200, BODY);

  private final ClusterMessages messages = of("replog", "a secret of this cluster");

  private static ClusterMessages of(String clusterId, String secret) {
    return new ClusterMessages(clusterId, new ClusterToken(secret));
  }

  @Test
  void readsWhatItHasWritten() {
    EntriesMessage entries = messages.readEntries(messages.write(ENTRIES));
    AnswerMessage answer = messages.readAnswer(messages.write(ANSWER));

    assertThat(entries).usingRecursiveComparison().isEqualTo(ENTRIES);
    assertThat(answer).usingRecursiveComparison().isEqualTo(ANSWER);
  }

  @Test
  void neverShowsSecret() {
    assertThat(messages.write(ENTRIES).toString()).doesNotContain("a secret of this cluster");
  }

  @Test
  void readsNothingOfOthers() {
    for (ClusterMessages other :
        List.of(of("replog", "another secret"), of("other", "a secret of this cluster"))) {
      assertThat(messages.readEntries(other.write(ENTRIES))).isNull();
      assertThat(messages.readAnswer(other.write(ANSWER))).isNull();
    }
  }

  @Test
  void takesNoAnswerForBatchNorBatchForAnswer() {
    Message answer = messages.write(ANSWER);
    answer.getMessageProperties().setReplyTo("answers");

    assertThat(messages.readEntries(answer)).isNull();
    assertThat(messages.readAnswer(messages.write(ENTRIES))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ClusterMessages.START_ID,
        ClusterMessages.NUMBER,
        ClusterMessages.NODE,
        ClusterMessages.STATUS,
        ClusterMessages.SIGNATURE
      })
  void readsNothingThatWasChangedOrLeftOut(String header) {
    Message left = MessageBuilder.fromMessage(messages.write(ANSWER)).removeHeader(header).build();
    Message changed = messages.write(ANSWER);
    Object value = changed.getMessageProperties().getHeader(header);
    changed
        .getMessageProperties()
        .setHeader(
            header,
            switch (value) {
              case Long number -> number + 1;
              case Integer number -> number + 1;
              default -> value + "0";
            });

    assertThat(messages.readAnswer(left)).isNull();
    assertThat(messages.readAnswer(changed)).isNull();
  }

  @Test
  void readsNothingWithAnotherBodyOrPlaceForAnswers() {
    Message signed = messages.write(ENTRIES);
    Message body =
        MessageBuilder.withBody("{}".getBytes(StandardCharsets.UTF_8))
            .andProperties(signed.getMessageProperties())
            .build();
    assertThat(messages.readEntries(body)).isNull();

    signed.getMessageProperties().setReplyTo("elsewhere");
    assertThat(messages.readEntries(signed)).isNull();
  }

  @Test
  void readsNothingOfHeadersThatStrangersMakeUp() {
    Message stranger =
        MessageBuilder.withBody(BODY)
            .setHeader(ClusterMessages.START_ID, List.of("life"))
            .setHeader(ClusterMessages.NUMBER, "seven")
            .setHeader(ClusterMessages.SIGNATURE, 12)
            .build();

    assertThat(messages.readEntries(stranger)).isNull();
    assertThat(messages.readAnswer(MessageBuilder.withBody(new byte[0]).build())).isNull();
  }

  @Test
  void readsNothingThatIsTooLong() {
    byte[] tooLong = new byte[ClusterMessages.MAX_BODY_BYTES + 1];

    assertThat(messages.readEntries(messages.write(new EntriesMessage("life", 1, "a", tooLong))))
        .isNull();
    assertThat(messages.readAnswer(messages.write(new AnswerMessage("life", 1, "f", 200, tooLong))))
        .isNull();
  }
}
