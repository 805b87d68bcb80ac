package io.replog.connectors.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorsSettingsTest {

  @TempDir private Path folder;

  @Test
  void listensOnThisMachineAndAsksMasterOfItWithoutAnySetting() {
    ConnectorsSettings settings = read(Map.of());

    assertThat(settings.port()).isEqualTo(6070);
    assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.logUrl()).hasToString("http://127.0.0.1:6061");
    assertThat(settings.key()).isNull();
  }

  @Test
  void takesPortOfMasterAndDropsSlashBehindAddress() {
    assertThat(read(Map.of("MASTER_PORT", "7001")).logUrl()).hasToString("http://127.0.0.1:7001");
    assertThat(read(Map.of("LOG_URL", "https://log.example:1/")).logUrl())
        .hasToString("https://log.example:1");
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTORS_PORT,66000",
    "CONNECTORS_BIND_ADDRESS,0.0.0.0",
    "LOG_URL,ftp://log",
    "LOG_URL,http://user@log",
    "CONNECTORS_KEY,short",
    "REPLOG_API_KEY_FILE,/nowhere",
  })
  void refusesWhatCannotBeUsedByName(String variable, String value) {
    assertThatThrownBy(() -> read(Map.of(variable, value)))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(variable + "=");
  }

  @Test
  void listensBeyondThisMachineWithKeyOnly() {
    Map<String, String> open =
        Map.of("CONNECTORS_BIND_ADDRESS", "0.0.0.0", "CONNECTORS_KEY", "0123456789");

    assertThat(read(open).bindAddress()).isEqualTo("0.0.0.0");
  }

  @Test
  void readsSecretFromFileThatNotEverybodyMayRead() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "from-a-file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(read(Map.of("CONNECTORS_KEY_FILE", file.toString())).key()).isEqualTo("from-a-file");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> read(Map.of("CONNECTORS_KEY_FILE", file.toString())))
        .isInstanceOf(BadSettingException.class)
        .hasMessageNotContaining("from-a-file");
  }

  private static ConnectorsSettings read(Map<String, String> values) {
    return ConnectorsSettings.read(new Variables(values));
  }
}
