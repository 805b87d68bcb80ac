package io.replog.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "größer",
        "日本語",
        "a\u0000b",
        "😀 und 😎",
        "\u007f\u0080\u07ff\u0800\uffff"
      })
  void countsWhatEncodingWouldGive(String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(Utf8.loneSurrogate(text)).isEqualTo(-1);
  }

  @Test
  void countsLoneSurrogatesAsHalvesOfTheirPair() {
    String pair = "😀";

    int high = Utf8.length(pair.substring(0, 1));
    int low = Utf8.length(pair.substring(1));

    assertThat(high).isEqualTo(2);
    assertThat(low).isEqualTo(2);
    assertThat(Utf8.length(pair)).isEqualTo(high + low);
  }

  @ParameterizedTest
  @CsvSource({"D83D, 0", "DE00, 0", "61 DE00 D83D, 1", "D83D DE00 D83D, 2", "D83D D83D DE00, 0"})
  void findsTheFirstHalfWithoutAPartner(String units, int index) {
    StringBuilder text = new StringBuilder();
    for (String unit : units.split(" ")) {
      text.append((char) Integer.parseInt(unit, 16));
    }

    assertThat(Utf8.loneSurrogate(text.toString())).isEqualTo(index);
  }
}
