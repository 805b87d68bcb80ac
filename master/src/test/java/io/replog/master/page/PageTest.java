package io.replog.master.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  /// Relative to the module, where tests run.
  private static final Path SOURCES = Path.of("src/main/resources/io/replog/master/page");

  private static final Pattern IMPORT = Pattern.compile("(?:from|import) '\\./([a-z]+\\.js)'");

  private static TestFollower follower;
  private static TestMaster master;
  private static TestClient client;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    Path keys =
        Files.createFile(
            data.resolve("keys"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(keys, "reader somebody " + "0".repeat(64) + "\n");
    follower = new TestFollower("follower-1");
    master =
        TestMaster.start(
            data.resolve("master"), List.of(follower), "API_KEYS_FILE", keys.toString());
    client = new TestClient(master);
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    follower.close();
  }

  private static HttpResponse<String> get(String path, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(master.uri().resolve(path)).header("Accept", accept).build();
    return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString()).join();
  }

  @Test
  void givesBrowsersThePageWithoutAKey() {
    HttpResponse<String> page = get("/", BROWSER);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "application/json", "text/html;q=0.5, application/json", "nonsense"})
  void leavesEverybodyElseToTheIndexAndItsKeys(String accept) {
    assertThat(get("/", accept).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/",
        "/page/nothing.js",
        "/page/../messages",
        "/page/PageFilter.class",
        "/page/index.html;x"
      })
  void opensNothingElse(String path) {
    assertThat(get(path, BROWSER).statusCode()).isIn(401, 404);
  }

  @Test
  void servesEveryFileThatItIsMadeOf() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.toList()) {
        HttpResponse<String> served = get("/page/" + source.getFileName(), "*/*");

        assertThat(served.statusCode()).as(source.toString()).isEqualTo(200);
        assertThat(served.body()).isEqualTo(Files.readString(source));
        assertThat(IMPORT.matcher(served.body()).results().map(found -> found.group(1)))
            .allSatisfy(name -> assertThat(SOURCES.resolve(name)).exists());
      }
    }
  }

  @Test
  void hasNeitherInlineScriptsNorMarkupOutOfTexts() throws IOException {
    String page = Files.readString(SOURCES.resolve("index.html"));

    assertThat(page).doesNotContainPattern("<script(?![^>]* src=)|<style|\\son[a-z]+=|\\sstyle=");
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.toList()) {
        assertThat(Files.readString(source))
            .as(source.toString())
            .doesNotContainPattern(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|https?://(?!www\\.w3\\.org)");
      }
    }
  }
}
