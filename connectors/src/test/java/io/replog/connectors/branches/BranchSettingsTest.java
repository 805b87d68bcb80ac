package io.replog.connectors.branches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.WriteConcern;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchSettingsTest {

  private static final String URL = "jdbc:h2:mem:x";

  @Test
  void isEmptyWithoutSettings() {
    assertThat(read(Map.of("PATH", "/bin"))).isEmpty();
  }

  @Test
  void takesEveryNumberedBranchWhateverNumbersAreLeftOut() {
    List<BranchSettings> branches =
        read(
            Map.of(
                "BRANCH_1_URL", URL,
                "BRANCH_7_URL", URL,
                "BRANCH_7_NAME", "lviv",
                "BRANCH_7_AUTO", "off",
                "BRANCH_7_INTERVAL", "2m"));

    assertThat(branches).extracting(BranchSettings::name).containsExactly("branch-1", "lviv");
    assertThat(branches.getFirst().automatic()).isTrue();
    assertThat(branches.getFirst().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(branches.getLast().automatic()).isFalse();
    assertThat(branches.getLast().interval()).isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource({
    "BRANCH_1_NAME,with blank",
    "BRANCH_1_NAME,a/b",
    "BRANCH_1_AUTO,yes",
    "BRANCH_1_INTERVAL,1ms",
    "BRANCH_2_NAME,branch-1",
  })
  void refusesWhatCannotBeUsedByName(String variable, String value) {
    Map<String, String> settings =
        Map.of("BRANCH_1_URL", URL, "BRANCH_2_URL", URL, variable, value);

    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(variable + "=");
  }

  @ParameterizedTest
  @CsvSource({"majority", "all", "2"})
  void readsWriteConcern(String written) {
    WriteConcern concern =
        BranchSettings.writeConcern(new Variables(Map.of("BRANCHES_WRITE_CONCERN", written)));

    assertThat(concern.requiredNodes(5))
        .isEqualTo(Map.of("majority", 3, "all", 5, "2", 2).get(written));
  }

  private static List<BranchSettings> read(Map<String, String> values) {
    return BranchSettings.readAll(new Variables(values));
  }
}
