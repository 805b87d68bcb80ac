package io.replog.node.security;

import static io.replog.node.security.KeyLines.keyOf;
import static io.replog.node.security.KeyLines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFileTest {

  private static final String TOKEN = keyOf("token");

  @TempDir Path directory;

  @Test
  void readsKeysAndIgnoresCommentsAndEmptyLines() throws Exception {
    List<ApiKey> keys =
        file("unread").parse("# who\n\n" + line("reader", "r") + "  \n" + line("admin", "a.b-c"));

    assertThat(keys)
        .extracting(ApiKey::client)
        .containsExactly(
            new Identity.Client("r", ClientRole.READER),
            new Identity.Client("a.b-c", ClientRole.ADMIN));
    assertThat(keys.getFirst().hasHash(ApiKey.hash(keyOf("r")))).isTrue();
    assertThat(keys.getFirst().hasHash(ApiKey.hash(keyOf("a.b-c")))).isFalse();
  }

  static Stream<Arguments> badLines() {
    return Stream.of(
        Arguments.of("reader r", "role name sha256"),
        Arguments.of(line("reader", "r").strip() + " more", "role name sha256"),
        Arguments.of(line("owner", "r"), "reader, writer or admin"),
        Arguments.of(line("READER", "r"), "reader, writer or admin"),
        Arguments.of(line("reader", "r/s"), "the name must have"),
        Arguments.of("reader r abc123", "64 hexadecimal digits"),
        Arguments.of("reader r " + "g".repeat(64), "64 hexadecimal digits"),
        Arguments.of("reader r " + keyOf("r"), "64 hexadecimal digits"),
        Arguments.of(line("writer", "first"), "its name is that of an earlier line"),
        Arguments.of(
            line("writer", "first").replace("first", "second"),
            "its key is that of an earlier line"),
        Arguments.of(line("writer", "token"), "its key is the token of the cluster"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void namesNumberOfBadLineAndNotWhatStandsThere(String bad, String why) {
    String text = line("reader", "first") + "\n" + bad + "\n" + line("reader", "last");

    assertThatThrownBy(() -> file("unread").parse(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("line 3: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining(keyOf("r"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nobody yet\n"})
  void refusesFileWithoutKeys(String text) {
    assertThatThrownBy(() -> file("unread").parse(text)).hasMessageContaining("1 to 1000 keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void refusesFileThatOthersMayUse(String mode) throws Exception {
    Path path = KeyLines.write(directory.resolve("keys"), line("reader", "r"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> file("keys").text()).hasMessageContaining("0600");
  }

  @Test
  void refusesFileThatIsNotThereOrTooLarge() throws Exception {
    KeyLines.write(directory.resolve("large"), "#".repeat(300_000));

    assertThatThrownBy(() -> file("none").text()).hasMessage("there is no such file");
    assertThatThrownBy(() -> file("large").text()).hasMessageContaining("262144 bytes");
  }

  private ApiKeyFile file(String name) {
    return new ApiKeyFile(directory.resolve(name), new ClusterToken(TOKEN));
  }
}
