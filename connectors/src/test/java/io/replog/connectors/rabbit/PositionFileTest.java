package io.replog.connectors.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PositionFileTest {

  private static final Position POSITION = new Position("0b8e", 1_203);

  @TempDir private Path directory;
  private Path path;
  private PositionFile file;

  @BeforeEach
  void layOut() {
    path = directory.resolve("new directory/position.json");
    file = new PositionFile(path, JsonMapper.builder().build());
  }

  @Test
  void knowsNothingWithoutFile() {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void readsWhatItSaved() {
    file.save(POSITION);
    file.save(POSITION.at(1_204));

    assertThat(file.read()).contains(new Position("0b8e", 1_204));
    assertThat(path.getParent()).isDirectoryContaining(path::equals);
    assertThat(path.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void ignoresNewFileThatWasNotFinished() throws IOException {
    file.save(POSITION);

    Files.writeString(path.resolveSibling("position.json.new"), "{\"log_id\":");

    assertThat(file.read()).contains(POSITION);
    file.save(POSITION.at(1_204));
    assertThat(file.read()).contains(POSITION.at(1_204));
  }

  @Test
  void refusesEveryFileThatIsShorter() throws IOException {
    file.save(POSITION);
    byte[] whole = Files.readAllBytes(path);

    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(file::read)
          .isInstanceOf(BadPositionException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void refusesWhatIsNoPosition() throws IOException {
    file.save(POSITION);

    for (String content : new String[] {"null", "{}", "[]", "7", " ".repeat(5_000)}) {
      Files.writeString(path, content);
      assertThatThrownBy(file::read).as(content).isInstanceOf(BadPositionException.class);
    }
  }

  /// A bit that turns a letter of a name into another one hides that member.
  @Test
  void refusesEveryTurnedBit() throws IOException {
    file.save(POSITION);
    byte[] whole = Files.readAllBytes(path);

    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] turned = whole.clone();
      turned[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(path, turned);
      assertThatThrownBy(file::read).as("bit %d", bit).isInstanceOf(BadPositionException.class);
    }
  }

  @Test
  void saysWhatCannotBeWritten() throws IOException {
    Files.writeString(directory.resolve("new directory"), "a file");

    assertThatThrownBy(() -> file.save(POSITION))
        .isInstanceOf(BadPositionException.class)
        .hasMessageContaining("cannot be written");
  }
}
