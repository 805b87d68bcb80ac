package io.replog.node.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A layer node shows its version, which is what it knows to be committed, whatever is asked for;
/// and keeps it. That any other node shows all that it holds is the control.
class LayerReadsTest {

  @TempDir Path directory;
  private RunningNode node;

  private void start(boolean layer) throws Exception {
    node = RunningNode.start(directory, Map.of(), "test.layer=" + layer);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({"true, 4", "false, 6"})
  void showsWholeVersionsOnly(boolean layer, long shown) throws Exception {
    start(layer);
    node.append("m1", "m2", "m3", "m4", "m5", "m6");
    node.log().commit(4);

    HttpResponse<String> plain = node.get("/messages");

    assertThat(plain.headers().firstValue("Log-Index")).hasValue(Long.toString(shown));
    assertThat(plain.body().contains("m5")).isEqualTo(!layer);
    assertThat(node.get("/messages/5").statusCode()).isEqualTo(layer ? 404 : 200);
    assertThat(node.get("/messages?min_index=5").statusCode()).isEqualTo(layer ? 412 : 200);
    assertThat(plain.headers().firstValue("Log-Version").isPresent()).isEqualTo(layer);
  }

  @Test
  void showsNoLessAfterARestart() throws Exception {
    start(true);
    node.append("m1", "m2", "m3");
    node.log().commit(2);
    HttpResponse<String> before = node.get("/messages");
    assertThat(node.log().recovery().commitIndex()).isZero();
    node.close();

    start(true);

    assertThat(node.get("/messages").body()).isEqualTo(before.body());
  }

  @Test
  void saysHowStaleItIs() throws Exception {
    start(true);
    node.append("m1");
    node.log().commit(1);

    var headers = node.get("/messages/1").headers();

    assertThat(headers.firstValue("Log-Version")).hasValue("1");
    assertThat(headers.firstValue("Log-Behind")).hasValue("3");
    assertThat(headers.firstValue("Log-Stale-Ms")).hasValue("unknown");
  }
}
