package io.replog.system.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.system.kit.Transcript.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

  @Test
  void readsCommandsWithTheirOutput() {
    String page = "# Page\n<!-- demo -->\n```console\n$ first\none\n2.011 s\n$ second\n```\ntext\n";

    List<Step> steps = Transcript.marked(page, "demo");

    assertThat(steps)
        .containsExactly(
            new Step("first", List.of("one", "2.011 s")), new Step("second", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no block at all",
        "<!-- other -->\n```console\n$ first\n```\n",
        "<!-- demo -->\n```console\n\n```\n",
        "<!-- demo -->\n```console\n$ first\n"
      })
  void refusesPageWithoutBlock(String page) {
    assertThatThrownBy(() -> Transcript.marked(page, "demo")).isInstanceOf(AssertionError.class);
  }

  @Test
  void readsTimes() {
    assertThat(Transcript.isTime("2.011 s")).isTrue();
    assertThat(Transcript.seconds("2.011 s")).isEqualTo(2.011);
    assertThat(Transcript.isTime("{\"status_code\":200}")).isFalse();
  }
}
