package io.replog.connectors.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Variables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

  @Test
  void isAbsentWithoutAddress() {
    assertThat(DatabaseSettings.read(new Variables(Map.of("X_USER", "u")), "X")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:@db",
        "postgresql://db",
        "jdbc:postgresql://db/sales?user=u&password=secret",
        "jdbc:h2:file;PASSWORD=secret",
      })
  void refusesOtherDatabasesAndPasswordsInAddressWithoutRepeatingThem(String url) {
    assertThatThrownBy(() -> DatabaseSettings.read(new Variables(Map.of("X_URL", url)), "X"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("X_URL=")
        .hasMessageNotContaining("secret");
  }

  @Test
  void neverShowsItsPassword() {
    DatabaseSettings settings =
        DatabaseSettings.read(
                new Variables(
                    Map.of("X_URL", "jdbc:mariadb://db/sales?a=b", "X_PASSWORD", "secret")),
                "X")
            .orElseThrow();

    assertThat(settings.password()).isEqualTo("secret");
    assertThat(settings).hasToString("jdbc:mariadb://db/sales");
  }

  @Test
  void writesFilesOfH2AtEveryCommit() {
    assertThat(Dialect.H2.safe("jdbc:h2:/data/x")).isEqualTo("jdbc:h2:/data/x;WRITE_DELAY=0");
    assertThat(Dialect.H2.safe("jdbc:h2:/data/x;WRITE_DELAY=9")).doesNotContain("=0");
    assertThat(Dialect.H2.safe("jdbc:h2:mem:x")).isEqualTo("jdbc:h2:mem:x");
    assertThat(Dialect.POSTGRESQL.safe("jdbc:postgresql://db/x"))
        .isEqualTo("jdbc:postgresql://db/x");
  }
}
