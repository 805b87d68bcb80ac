package io.replog.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBytesTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "größer", "日本語", "a\u0000b", "😀 und 😎"})
  void countsAsUtf8Does(String text) {
    assertThat(TextBytes.of(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void countsALoneSurrogateAsTwo() {
    assertThat(TextBytes.of("\ud83d")).isEqualTo(2);
  }
}
