package io.replog.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.client.Failure;
import io.replog.client.cluster.NodeSpec;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

  private static final Map<String, String> THREE_PORTS =
      Map.of("MASTER_PORT", "6061", "FOLLOWER_1_PORT", "6062", "FOLLOWER_2_PORT", "6063");

  @Test
  void takesThreePortsAsCompleteConfiguration() {
    ClusterSettings settings = resolve(THREE_PORTS, Map.of());

    assertThat(settings.nodes())
        .containsExactly(
            NodeSpec.master(6061),
            NodeSpec.follower(1, 6062, "5s"),
            NodeSpec.follower(2, 6063, "2s"));
  }

  @Test
  void meansTheSameByNothingAtAll() {
    assertThat(resolve(Map.of(), Map.of()).nodes())
        .isEqualTo(resolve(THREE_PORTS, Map.of()).nodes());
  }

  @Test
  void letsEnvironmentWinAndKeepsEveryOtherVariable() {
    ClusterSettings settings =
        resolve(
            Map.of("MASTER_PORT", "6061", "FSYNC", "never", "FOLLOWER_1_DELAY", "1s"),
            Map.of("MASTER_PORT", "7061", "QUORUM_APPEND", "on"));

    assertThat(settings.nodes().getFirst()).isEqualTo(NodeSpec.master(7061));
    assertThat(settings.nodes().get(1).delay()).isEqualTo("1s");
    assertThat(settings.variables())
        .containsEntry("FSYNC", "never")
        .containsEntry("QUORUM_APPEND", "on");
  }

  @Test
  void addsFollowerForEachNumberedPort() {
    ClusterSettings settings = resolve(THREE_PORTS, Map.of("FOLLOWER_3_PORT", "6070"));

    assertThat(settings.nodes()).hasSize(4).endsWith(NodeSpec.follower(3, 6070, "0s"));
  }

  @Test
  void countsFollowersOnCommandLineBeforePorts() {
    ClusterSettings settings = ClusterSettings.resolve(THREE_PORTS, Map.of(), OptionalInt.of(4));

    assertThat(settings.nodes())
        .extracting(NodeSpec::port)
        .containsExactly(6061, 6062, 6063, 6064, 6065);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MASTER_PORT | x | MASTER_PORT=x cannot be used; allowed: a port from 1 to 65535",
        "MASTER_PORT | 0 | MASTER_PORT=0 cannot be used; allowed: a port from 1 to 65535",
        "FOLLOWER_2_PORT | 65536 | FOLLOWER_2_PORT=65536 cannot be used; allowed: a port from 1 to"
            + " 65535",
        "FOLLOWER_1_DELAY | 5 | FOLLOWER_1_DELAY=5 cannot be used; allowed: a duration such as"
            + " 250ms, 5s or 0s",
        "FOLLOWER_1_DELAY | -1s | FOLLOWER_1_DELAY=-1s cannot be used; allowed: a duration such as"
            + " 250ms, 5s or 0s",
        "FOLLOWER_2_PORT | 6061 | FOLLOWER_2_PORT=6061 is the port of master as well; give every"
            + " node its own port",
        "FOLLOWER_4_PORT | 6064 | FOLLOWER_4_PORT is set and FOLLOWER_3_PORT is not; followers are"
            + " numbered without gap",
      })
  void namesVariableValueAndWhatIsAllowed(String variable, String value, String message) {
    assertThatThrownBy(() -> resolve(THREE_PORTS, Map.of(variable, value)))
        .isInstanceOf(Failure.class)
        .hasMessage(message);
  }

  @Test
  void refusesImpossibleNumberOfFollowers() {
    assertThatThrownBy(() -> ClusterSettings.resolve(Map.of(), Map.of(), OptionalInt.of(65)))
        .hasMessage("--followers=65 cannot be used; allowed: 0 to 64");
  }

  @Test
  void laysTiersBelowACoreOfThreeThatIsNotDelayed() {
    ClusterSettings settings = ClusterSettings.tiers(THREE_PORTS, Map.of("LAYER_1_2_PORT", "7000"));

    assertThat(settings.nodes())
        .containsExactly(
            NodeSpec.master(6061),
            NodeSpec.follower(1, 6062, "0s"),
            NodeSpec.follower(2, 6063, "0s"),
            NodeSpec.layer(1, 1, 6064, "every 10 messages", "follower-1"),
            NodeSpec.layer(1, 2, 7000, "every 10 messages", "follower-2"),
            NodeSpec.layer(2, 1, 6066, "every 10s", "layer-1-1"),
            NodeSpec.layer(2, 2, 6067, "every 10s", "layer-1-1"));
  }

  @Test
  void letsVariablesChangeTiers() {
    Map<String, String> dotEnv = Map.of("LAYER_2_FEED", "every 1s", "FOLLOWER_2_DELAY", "3s");

    ClusterSettings settings = ClusterSettings.tiers(dotEnv, Map.of());

    assertThat(settings.nodes().getLast().feed()).isEqualTo("every 1s");
    assertThat(settings.nodes().get(2).delay()).isEqualTo("3s");
    assertThatThrownBy(() -> ClusterSettings.tiers(Map.of("LAYER_2_1_PORT", "6061"), Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("LAYER_2_1_PORT");
  }

  private static ClusterSettings resolve(
      Map<String, String> dotEnv, Map<String, String> environment) {
    return ClusterSettings.resolve(dotEnv, environment, OptionalInt.empty());
  }
}
