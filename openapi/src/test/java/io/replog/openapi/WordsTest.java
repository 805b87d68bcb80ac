package io.replog.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

  /// A form of the same with less to say.
  ///
  /// @see Told
  record Short(String field) {}

  @TempDir Path directory;

  private void write(String path, String source) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  private void tell(String where) throws IOException {
    write(
        where + "/Told.java",
        """
        package %s;

        /// Says all.
        ///
        /// @param field what it means in %s
        record Told(String field) {}
        """
            .formatted(where, where));
  }

  private Words words() throws IOException {
    return Words.of(List.of(directory, Path.of("src/test/java")));
  }

  @Test
  void findsMissingWordsWhereAReferenceLeads() throws IOException {
    tell("one");

    assertThat(words().of(Short.class, "field")).isEqualTo("what it means in one");
  }

  @Test
  void refusesAReferenceThatLeadsToSeveral() throws IOException {
    tell("one");
    tell("two");
    Words words = words();

    assertThatThrownBy(() -> words.of(Short.class, "field"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("@see Told may be any of [one.Told, two.Told]");
  }
}
