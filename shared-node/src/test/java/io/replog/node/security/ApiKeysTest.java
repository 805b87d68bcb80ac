package io.replog.node.security;

import static io.replog.node.security.KeyLines.keyOf;
import static io.replog.node.security.KeyLines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.node.settings.UnusableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ApiKeysTest {

  private final AtomicLong nanos = new AtomicLong(-5);
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void writeFile() throws Exception {
    path = KeyLines.write(directory.resolve("keys"), line("writer", "first"));
  }

  @Test
  void findsWhoseKeyItIs() {
    ApiKeys keys = keys();

    assertThat(keys.find(keyOf("first"))).contains(new Identity.Client("first", ClientRole.WRITER));
    assertThat(keys.find(keyOf("second"))).isEmpty();
    assertThat(keys.find("")).isEmpty();
    assertThat(keys.find("x".repeat(100_000))).isEmpty();
  }

  @Test
  void neverTakesShortKeyWhateverTheFileSays() throws Exception {
    String hash = java.util.HexFormat.of().formatHex(ApiKey.hash("secret"));
    KeyLines.write(path, "admin careless " + hash);

    assertThat(keys().find("secret")).isEmpty();
  }

  @Test
  void readsFileAgainWithinASecond() throws Exception {
    ApiKeys keys = keys();
    KeyLines.write(path, line("reader", "second"));

    assertThat(keys.find(keyOf("second"))).as("not looked at yet").isEmpty();
    passSecond();

    assertThat(keys.find(keyOf("second"))).isPresent();
    assertThat(keys.find(keyOf("first"))).isEmpty();
  }

  @Test
  void keepsKeysWhenFileTurnsBadAndSaysSoOnce(CapturedOutput output) throws Exception {
    ApiKeys keys = keys();
    KeyLines.write(path, "admin intruder\n");

    for (int look = 0; look < 3; look++) {
      passSecond();
      assertThat(keys.find(keyOf("first"))).isPresent();
    }

    assertThat(output.toString().lines().filter(line -> line.contains("API_KEYS_FILE")))
        .singleElement()
        .asString()
        .contains("line 1", "stay valid");
  }

  @Test
  void keepsKeysWhenFileIsGoneOrOpenToOthersAndRecovers() throws Exception {
    ApiKeys keys = keys();
    Files.delete(path);
    passSecond();
    assertThat(keys.find(keyOf("first"))).isPresent();

    KeyLines.write(path, line("writer", "second"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    passSecond();
    assertThat(keys.find(keyOf("second"))).isEmpty();

    KeyLines.write(path, line("writer", "second"));
    passSecond();
    assertThat(keys.find(keyOf("second"))).isPresent();
  }

  @Test
  void refusesToBeginWithBadFile() throws Exception {
    KeyLines.write(path, line("writer", "first") + "nonsense\n");

    assertThatThrownBy(this::keys)
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("API_KEYS_FILE=" + path)
        .hasMessageContaining("line 2");
  }

  private ApiKeys keys() {
    return new ApiKeys(new ApiKeyFile(path, new ClusterToken("another-secret")), nanos::get);
  }

  private void passSecond() {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
  }
}
