package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.WriteConcern;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Variables;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitSettingsTest {

  @Test
  void isOffWithoutAddress() {
    assertThat(RabbitSettings.areIn(new Variables(Map.of()))).isFalse();
    assertThat(RabbitSettings.areIn(new Variables(Map.of("RABBITMQ_URI", " ")))).isFalse();
    assertThat(RabbitSettings.areIn(variables("RABBITMQ_IN", "on"))).isTrue();
  }

  @Test
  void hasDefaults() {
    RabbitSettings settings = RabbitSettings.read(variables("MAX_MESSAGE_SIZE", ""));

    assertThat(settings.in())
        .isEqualTo(new RabbitSettings.In("replog.in", new WriteConcern.Majority(), 16, 1 << 20));
    assertThat(settings.out())
        .isEqualTo(
            new RabbitSettings.Out(
                "replog.out", Path.of(".replog/rabbitmq-out.json").toAbsolutePath(), 1, 1));
    assertThat(settings.in().deadLetters()).isEqualTo("replog.in.dead");
  }

  @Test
  void leavesOutWhatIsOff() {
    assertThat(RabbitSettings.read(variables("RABBITMQ_IN", "off")).in()).isNull();
    assertThat(RabbitSettings.read(variables("RABBITMQ_OUT", "off")).out()).isNull();
  }

  @Test
  void showsAddressWithoutPassword() {
    RabbitSettings settings =
        RabbitSettings.read(variables("RABBITMQ_URI", "amqps://me:pass%2Fword@broker:5671/host"));

    assertThat(settings.address()).isEqualTo("amqps://broker:5671/host");
  }

  @Test
  void leavesOutPathWithoutName() {
    RabbitSettings settings = RabbitSettings.read(variables("RABBITMQ_URI", "amqp://broker/"));

    assertThat(settings.uri()).isEqualTo(URI.create("amqp://broker"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:5672",
        "http://broker",
        "amqp://",
        "amqp://a b",
        "amqp://h/a/b",
        "amqp://h?x"
      })
  void refusesAddressWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> RabbitSettings.read(variables("RABBITMQ_URI", address)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("RABBITMQ_URI")
        .hasMessageNotContaining("=" + address);
  }

  @ParameterizedTest
  @CsvSource({"majority,2", "all,3", "1,1", "3,3"})
  void readsWriteConcern(String written, int nodesOfThree) {
    RabbitSettings settings = RabbitSettings.read(variables("RABBITMQ_IN_WRITE_CONCERN", written));

    assertThat(settings.in().concern().requiredNodes(3)).isEqualTo(nodesOfThree);
  }

  @ParameterizedTest
  @CsvSource({
    "RABBITMQ_IN_WRITE_CONCERN,0",
    "RABBITMQ_IN_WRITE_CONCERN,most",
    "RABBITMQ_IN_QUEUE,amq.mine",
    "RABBITMQ_IN_QUEUE,a queue",
    "RABBITMQ_IN_PREFETCH,0",
    "RABBITMQ_IN,maybe",
    "RABBITMQ_OUT_EXCHANGE,amq.fanout",
    "RABBITMQ_OUT_FROM,0",
    "RABBITMQ_OUT_WINDOW,0",
    "RABBITMQ_OUT_WINDOW,1001"
  })
  void refusesWhatCannotBeUsed(String variable, String value) {
    assertThatThrownBy(() -> RabbitSettings.read(variables(variable, value)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(variable + "=" + value);
  }

  private static Variables variables(String name, String value) {
    Map<String, String> values = new HashMap<>();
    values.put("RABBITMQ_URI", "amqp://broker");
    values.put(name, value);
    return new Variables(values);
  }
}
