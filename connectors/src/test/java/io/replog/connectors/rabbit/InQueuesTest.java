package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Queue;

class InQueuesTest {

  private static final String LIMIT = "x-delivery-limit";

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.1.2", "4.2.0-rc.1", "4.0.5+1.gabc", "10.0.1"})
  void asksBrokersThatCountDeliveriesNotTo(String version) {
    Queue queue = InQueues.incoming("in", version);

    assertThat(queue.getArguments()).containsEntry(LIMIT, -1);
    assertThat(queue.getArguments()).containsEntry("x-single-active-consumer", true);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"3.8.9", "3.10.8", "3.13.7", "", "4", "x.4", "99999999999.1"})
  void asksBrokersThatWouldRefuseItForNothing(String version) {
    Queue queue = InQueues.incoming("in", version);

    assertThat(queue.getArguments()).doesNotContainKey(LIMIT);
    assertThat(queue.getArguments()).containsEntry("x-queue-type", "quorum");
  }
}
