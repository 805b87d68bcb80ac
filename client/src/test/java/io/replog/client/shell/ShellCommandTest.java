package io.replog.client.shell;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Invocation;
import io.replog.client.cluster.Ports;
import io.replog.client.remote.RemoteTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The shell with its lines on a pipe.
class ShellCommandTest extends RemoteTest {

  @BeforeEach
  void answerAdds() {
    node.stubFor(
        post(urlEqualTo("/add"))
            .willReturn(
                aResponse().withHeader("Log-Index", "7").withHeader("Replication-Acks", "1")));
    node.stubFor(
        get(urlPathEqualTo("/messages"))
            .willReturn(aResponse().withBody("{\"index\":1,\"text\":\"a\\u001b[2Jb\"}\n")));
  }

  @Test
  void sendsLinesAsTheyStandWithoutPrompt() {
    String text = "  it's \"quoted\" \\n $HOME `x` @f -w 9 ! 世界🎉  ";

    Invocation run = shell(text + "\nadd list\r\n");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches("(#7 appended, 1 acknowledged in \\d+\\.\\d{3} s\n){2}")
        .doesNotContain("replog>", "\u001b");
    requireAdded(text, 1);
    requireAdded("list", 1);
  }

  private void requireAdded(String text, int times) {
    String body = JsonMapper.shared().createObjectNode().put("data", text).toString();
    node.verify(times, postRequestedFor(urlEqualTo("/add")).withRequestBody(equalToJson(body)));
  }

  @Test
  void setsConcernOfWhatFollows() {
    Invocation run = shell("w 2\none\nw majority\ntwo\nw 0\nw\n");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("write concern: 2\n", "write concern: majority\n");
    assertThat(run.err())
        .contains("-w 0 cannot be used", "if it was meant as a text, say: add w 0");
    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withRequestBody(equalToJson("{\"data\":\"one\",\"write_concern\":2}")));
    node.verify(
        postRequestedFor(urlEqualTo("/add"))
            .withRequestBody(equalToJson("{\"data\":\"two\",\"write_concern\":\"majority\"}")));
  }

  @Test
  void showsNoEscapeOfAMessage() {
    Invocation run = shell("list\nlist sub1\nlist follower-1\n", "--follower", node.baseUrl());

    assertThat(run.out()).isEqualTo("#1     a\\u001b[2Jb\n".repeat(3));
    node.verify(3, getRequestedFor(urlEqualTo("/messages")));
  }

  @Test
  void goesOnAfterFailuresAndEndsWithTheWorst() {
    node.stubFor(
        post(urlEqualTo("/add"))
            .withRequestBody(equalTo("{\"data\":\"lost\"}"))
            .willReturn(aResponse().withStatus(500)));

    Invocation run = shell("trace x\nlost\nlist\n");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("'x' is not a long", "outcome unknown");
    assertThat(run.out()).contains("#1");
  }

  @Test
  void leavesAtStop() {
    Invocation run = shell("stop the world\nstop\nnever\n");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("stop takes nothing behind it", "say: add stop the world");
    requireAdded("never", 0);
  }

  @Test
  void staysWithTheClusterItWasStartedFor() {
    Invocation run = shell("list --master http://elsewhere:1\nlist\n");

    assertThat(run.err()).contains("Unknown option: '--master'");
    assertThat(run.out()).contains("#1");
  }

  @Test
  void saysInASentenceThatANodeIsDown() {
    String nobody = "http://127.0.0.1:" + Ports.free();

    Invocation run =
        Invocation.runWithInput(
            root,
            Map.of(),
            "text\nlag\ntail\n".getBytes(StandardCharsets.UTF_8),
            "shell",
            "--master",
            nobody);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(("replog: " + nobody + " is not there (connection refused)\n").repeat(3));
  }

  @Test
  void refusesALineThatIsNoText() {
    byte[] input = {'o', 'k', '\n', (byte) 0xff, '\n', 'x'};

    Invocation run = replogWithInput(input, "shell");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("line 2 is not UTF-8");
    requireAdded("ok", 1);
    requireAdded("x", 0);
  }

  @Test
  void helpsWithWordsAndWithEachOfThem() {
    Invocation run = shell("help\nhelp fault\n");

    assertThat(run.out())
        .contains("list [NODE]", "stop                leaves", "Usage: replog fault", "--jitter")
        .doesNotContain("--master");
  }

  @Test
  void helpsWithWordsThatAreNoVerbs() {
    Invocation run = shell("help w\nhelp exit\nhelp help\n");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("w N: how many nodes", "stop: leaves, as exit", "help [WORD]: this");
    assertThat(shell("help me\n").err()).contains("no line begins with that word");
  }

  @Test
  void refusesATimeoutThatIsNone() {
    Invocation run = shell("never\n", "--timeout", "soon");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--timeout soon cannot be used");
    requireAdded("never", 0);
  }

  @Test
  void doesNotAddToTheLocalMasterBesideAForeignFollower() {
    byte[] input = "never\n".getBytes(StandardCharsets.UTF_8);

    Invocation run =
        Invocation.runWithInput(root, Map.of(), input, "shell", "--follower", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--follower needs --master URL");
  }

  @Test
  void endsWithTheWorstWhenALineCannotBeRead() {
    node.stubFor(post(urlEqualTo("/add")).willReturn(aResponse().withStatus(500)));

    Invocation run = replogWithInput(new byte[] {'x', '\n', (byte) 0xff, '\n'}, "shell");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("outcome unknown", "line 2 is not UTF-8");
  }

  private Invocation shell(String lines, String... options) {
    String[] line = new String[options.length + 1];
    line[0] = "shell";
    System.arraycopy(options, 0, line, 1, options.length);
    return replogWithInput(lines.getBytes(StandardCharsets.UTF_8), line);
  }
}
