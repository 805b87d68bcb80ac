package io.replog.node.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.testnode.RunningNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

  @TempDir static Path directory;
  private static RunningNode node;

  @BeforeAll
  static void start() {
    node = RunningNode.start(directory, Map.of("MAX_MESSAGE_SIZE", "1KB"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void isAProblemAndAnEnvelope() throws Exception {
    HttpResponse<String> answer = node.get("/messages?from=0");

    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"/problems/bad-request\",\"title\":\"Bad request\",\"status\":400,"
                + "\"detail\":\"from is \\\"0\\\", it must be a whole number of at least 1\","
                + "\"instance\":\"/messages\",\"status_code\":400,"
                + "\"message\":\"from is \\\"0\\\", it must be a whole number of at least 1\","
                + "\"data\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|application/json",
        "application/json, application/problem+json|application/problem+json",
        "application/problem+json|application/problem+json",
        "text/html|application/problem+json",
        "image/png;q=x|application/problem+json",
        "*/*|application/problem+json",
      })
  void followsAcceptOnlyInTheMediaType(String accept, String type) throws Exception {
    HttpResponse<String> answer = node.get("/nowhere", "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(answer.body()).contains("\"status_code\":404", "\"instance\":\"/nowhere\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void namesTheMethodsThatArePossible(String method) throws Exception {
    HttpResponse<String> answer = node.method(method, "/add");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    assertThat(answer.body()).contains(method + " is not possible here");
  }

  @Test
  void refusesOtherContentTypes() throws Exception {
    HttpResponse<String> answer =
        node.send(
            node.request("/add", "Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x")));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("text/plain is not read here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":1}|data is 1, it must be a string",
        "{\"data\":true}|data is true, it must be a string",
        "{\"data\":[]}|data is an array, it must be a string",
        "{\"data\":{}}|data is an object, it must be a string",
        "{\"number\":\"2\"}|number is a string, it must be an integer",
        "{\"number\":2.5}|number is 2.5, it must be an integer",
        "{\"number\":1.0}|number is 1.0, it must be an integer",
        "{\"number\":1e0}|number is 1e0, it must be an integer",
        "{\"number\":true}|number is true, it must be an integer",
        "{\"number\":99999999999}|number",
        "{\"inner\":{\"number\":\"\"}}|inner.number is a string, it must be an integer",
        "{\"data\":\"a\",\"data\":\"b\"}|Duplicate",
        "{\"data\":\"a\"} x|line 1, column",
        "{\"data\":\"a\"} {}|something follows the JSON value",
        "{\"data\":|line 1, column",
        "{\"data\":\"\\ud800\"}|data has half of a surrogate pair at character 0",
        "{\"data\":\"x\\udc00\\ud800\"}|data has half of a surrogate pair at character 1",
        "[]|the body is an array, it must be an object",
        "17|the body must be an object",
        "null|the body is",
        "''|the body is missing",
        "'  '|the body",
        "{\"data\":NaN}|Non-standard token 'NaN' (line 1",
        "{\"data\":\"m\"/*c*/}|(code 47)) (line 1",
        "nonsense|not JSON",
      })
  void saysWhatIsWrongWithJson(String json, String words) throws Exception {
    HttpResponse<String> answer = node.post("/add", json);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().replace("\\\"", "'")).contains(words);
    assertThat(answer.body())
        .doesNotContain("io.replog", "java.", "tools.jackson", "Exception", "Feature", "Source");
  }

  @Test
  void ignoresUnknownFieldsAndKeepsText() throws Exception {
    HttpResponse<String> answer =
        node.post("/add", "{\"data\":\"\\ud83d\\ude00\\u0000\\n\",\"more\":[1]}");

    assertThat(answer.body()).contains("\"data\":\"\uD83D\uDE00\\u0000\\n\"");
  }

  @Test
  void refusesDeepNesting() throws Exception {
    assertThat(node.post("/add", "{\"inner\":".repeat(20) + "1" + "}".repeat(20)).statusCode())
        .isEqualTo(400);
    assertThat(node.post("/add", "[".repeat(5_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    byte[] overlong = {
      '{', '"', 'd', 'a', 't', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'
    };

    HttpResponse<String> answer =
        node.send(
            node.request("/add", "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(overlong)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("the body is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE", "UTF-16"})
  void refusesOtherEncodings(String encoding) throws Exception {
    byte[] body = "{\"data\":\"m\"}".getBytes(Charset.forName(encoding));

    HttpResponse<String> answer =
        node.send(
            node.request("/add", "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void tellsNothingOfAnUnexpectedFailure() throws Exception {
    HttpResponse<String> answer = node.get("/fails");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("/problems/internal-error").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /messages HTTP/1.1 extra|400",
        "nonsense|400",
        "G@T / HTTP/1.1|400",
        "GET /%zz HTTP/1.1|400",
        "GET /a|b HTTP/1.1|400",
        "GET /..%2f.. HTTP/1.1|400",
        "GET /messages?from=%zz HTTP/1.1|400",
        "GET / HTTP/9.9|505",
        "TRACE / HTTP/1.1|405",
      })
  void answersMalformedRequestsInTheSameForm(String line) throws Exception {
    int bar = line.lastIndexOf('|');
    String answer = node.raw(line.substring(0, bar) + "\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + line.substring(bar + 1));
    assertOneProblem(answer);
  }

  @Test
  void answersOversizedHeadersInTheSameForm() throws Exception {
    String answer =
        node.raw("GET /messages HTTP/1.1\r\nHost: x\r\nBig: " + "x".repeat(9_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertOneProblem(answer);
  }

  @Test
  void answersAMissingHostInTheSameForm() throws Exception {
    String answer = node.raw("GET /messages HTTP/1.1\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertOneProblem(answer);
  }

  @Test
  void explainsItsTypes() throws Exception {
    assertThat(node.get("/problems/bad-request").body()).contains("\"status\":400");
    assertThat(node.get("/problems").body()).contains("/problems/no-space");
    assertThat(node.get("/problems/unheard-of").statusCode()).isEqualTo(404);
  }

  private static void assertOneProblem(String answer) {
    assertThat(answer)
        .contains("application/problem+json", "\"status_code\":")
        .doesNotContain("<html", "<!doctype", "org.apache", "Exception");
  }
}
