package io.replog.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher script in a made-up repository, with made-up JDKs and a made-up Maven that say
/// how they were called.
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "replog");

  /// A JDK whose java prints its home and its arguments.
  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      [ "$1" = -version ] && { echo 'openjdk version "VERSION.0.1"' >&2; exit 0; }
      echo "java VERSION in $(cd "$(dirname "$0")/.." && pwd)"
      for argument in "$@"; do echo "<$argument>"; done
      """;

  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      [ "$2" = -v ] && { echo "Apache Maven VERSION (x)"; exit 0; }
      echo "$@" >> calls
      ls building 2>/dev/null && echo overlapped >> calls
      mkdir building; sleep 1; rmdir building
      [ -f broken ] && { echo '[ERROR] it does not compile'; exit 1; }
      for module in client master follower system-tests benchmarks connectors; do
        mkdir -p $module/target
        case "$*" in *$module*) echo jar > $module/target/$module-0.1.jar ;; esac
      done
      """;

  @TempDir private Path folder;
  private Path root;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void layOut() throws Exception {
    root = Files.createDirectories(folder.resolve("a b/the repository"));
    Files.copy(SCRIPT, root.resolve("replog"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String file :
        List.of(
            "pom.xml", "client/pom.xml", "client/src/main/A.java", "shared-node/src/main/B.java")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), "x");
      Files.setLastModifiedTime(root.resolve(file), FileTime.from(Instant.now().minusSeconds(60)));
    }
    environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    environment.put("REPLOG_JDK_FOLDERS", folder.resolve("jvm").toString());
    environment.put("REPLOG_MAVEN", folder.resolve("bin/mvn").toString());
    environment.put("PATH", folder.resolve("bin") + File.pathSeparator + "/usr/bin:/bin");
  }

  @Test
  void saysInOneLineThatNoJdkIsThere() throws Exception {
    jdk("jvm/seventeen", "17");

    Run run = replog("ps");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output())
        .startsWith("replog: a JDK 25 is needed and was not found")
        .hasLineCount(1);
  }

  @Test
  void takesJavaHomeWhenItIsRight() throws Exception {
    jdk("jvm/one", "25");
    environment.put("JAVA_HOME", jdk("elsewhere", "25").toString());
    built("client");

    assertThat(replog("ps").output()).startsWith("java 25 in " + folder.resolve("elsewhere"));
  }

  @Test
  void looksInUsualPlacesWhenJavaHomeAndPathAreOlder() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "17").toString());
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/java"), jdk("older", "21").resolve("bin/java"));
    jdk("jvm/seventeen", "17");
    jdk("jvm/twenty five", "25");
    built("client");

    assertThat(replog("ps").output())
        .startsWith("java 25 in " + folder.resolve("jvm/twenty five") + "\n");
  }

  @Test
  void findsJdkBehindJavaOnThePath() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(
        folder.resolve("bin/java"), jdk("somewhere", "25").resolve("bin/java"));
    built("client");

    assertThat(replog("ps").output()).startsWith("java 25 in " + folder.resolve("somewhere"));
  }

  @Test
  void refusesRuntimeWithoutCompiler() throws Exception {
    Files.delete(jdk("jvm/runtime", "25").resolve("bin/javac"));

    assertThat(replog("ps").output()).contains("a JDK 25 is needed");
  }

  @Test
  void findsJdkInMacBundle() throws Exception {
    jdk("jvm/temurin-25.jdk/Contents/Home", "25");
    built("client");

    assertThat(replog("ps").output()).startsWith("java 25 in");
  }

  @Test
  void saysInOneLineThatMavenIsMissing() throws Exception {
    jdk("jvm/one", "25");
    maven("3.6.3");

    Run run = replog("ps");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).startsWith("replog: Maven 3.8 or later is needed").hasLineCount(1);
  }

  @Test
  void findsMavenOnThePath() throws Exception {
    jdk("jvm/one", "25");
    maven("3.8.7");
    environment.remove("REPLOG_MAVEN");

    assertThat(replog("ps").exitCode()).isZero();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void buildsOnlyTheClientForVerbsThatStartNothing() throws Exception {
    jdk("jvm/one", "25");
    maven("3.8.7");

    Run first = replog("ps");
    Run second = replog("ps");

    assertThat(first.output()).startsWith("replog: building client ... done in ");
    assertThat(second.output()).startsWith("java 25");
    assertThat(calls()).hasSize(1).first().asString().contains("-pl client -am package");
  }

  @Test
  void buildsNodesForUpAndAgainWhenSourcesAreNewer() throws Exception {
    jdk("jvm/one", "25");
    maven("3.9.9");
    replog("up");

    Files.setLastModifiedTime(
        root.resolve("shared-node/src/main/B.java"), FileTime.from(Instant.now().plusSeconds(1)));
    replog("up");
    replog("ps");

    assertThat(calls())
        .satisfiesExactly(
            first -> assertThat(first).contains("-pl client,master,follower -am"),
            second -> assertThat(second).contains("-pl master,follower -am"));
  }

  @Test
  void buildsNodesForTheDemo() throws Exception {
    jdk("jvm/one", "25");
    maven("3.9.9");

    replog("demo", "--fast");

    assertThat(calls()).hasSize(1).first().asString().contains("-pl client,master,follower -am");
  }

  @Test
  void buildsWhatTormentsNodesOnlyWhenThatIsAskedFor() throws Exception {
    jdk("jvm/one", "25");
    maven("3.9.9");
    replog("up");

    replog("chaos", "--help");
    replog("power-cuts");
    replog("overload");
    replog("ps");

    assertThat(calls())
        .satisfiesExactly(
            first -> assertThat(first).doesNotContain("system-tests"),
            second -> assertThat(second).contains("-pl system-tests -am"));
  }

  @Test
  void buildsNodesForBenchmarksOnlyWhereTheyAreStarted() throws Exception {
    jdk("jvm/one", "25");
    maven("3.9.9");

    replog("bench", "--rate", "100");
    replog("bench", "side-by-side");

    assertThat(calls())
        .satisfiesExactly(
            first -> assertThat(first).contains("-pl client,benchmarks -am"),
            second -> assertThat(second).contains("-pl master,follower -am"));
  }

  @Test
  void buildsConnectorsOnlyWhereTheyAreRun() throws Exception {
    jdk("jvm/one", "25");
    maven("3.9.9");

    replog("connectors", "--help");
    replog("connectors");

    assertThat(calls())
        .satisfiesExactly(
            first -> assertThat(first).doesNotContain("connectors"),
            second -> assertThat(second).contains("-pl connectors -am"));
  }

  @Test
  void showsWhyTheBuildFailed() throws Exception {
    jdk("jvm/one", "25");
    maven("4.0.0");
    Files.createFile(root.resolve("broken"));

    Run run = replog("ps");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output())
        .contains("building client ... failed", "[ERROR] it does not compile", ".replog/build.log");
  }

  @Test
  void buildsOnceWhenTwoStartTogether() throws Exception {
    jdk("jvm/one", "25");
    maven("3.8.7");

    Process one = start(root.resolve("replog"), "ps");
    Process other = start(root.resolve("replog"), "ps");

    assertThat(finish(one).exitCode()).isZero();
    assertThat(finish(other).exitCode()).isZero();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void takesOverLockOfBuildThatDied() throws Exception {
    jdk("jvm/one", "25");
    maven("3.8.7");
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(1, TimeUnit.MINUTES)).isTrue();
    Files.createDirectories(root.resolve(".replog"));
    Files.createSymbolicLink(root.resolve(".replog/build.lock"), Path.of("" + dead.pid()));

    assertThat(replog("ps").exitCode()).isZero();
    assertThat(Files.isSymbolicLink(root.resolve(".replog/build.lock"))).isFalse();
  }

  @Test
  void worksThroughSymbolicLinkAndPassesArgumentsAsTheyAre() throws Exception {
    jdk("jvm/one", "25");
    built("client");
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("replog"));

    Run run = finish(start(link, "add", "two words", "", "$x *"));

    assertThat(run.output())
        .contains("<-Dreplog.home=" + root + ">", "<add>\n<two words>\n<>\n<$x *>");
  }

  private Run replog(String... arguments) throws Exception {
    return finish(start(root.resolve("replog"), arguments));
  }

  private Process start(Path script, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Run finish(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  private Path jdk(String place, String version) throws IOException {
    Path home = folder.resolve(place);
    program(home.resolve("bin/java"), FAKE_JAVA.replace("VERSION", version));
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private void maven(String version) throws IOException {
    program(folder.resolve("bin/mvn"), FAKE_MAVEN.replace("VERSION", version));
  }

  private void built(String module) throws IOException {
    Path jar = root.resolve(module).resolve("target").resolve(module + "-0.1.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "jar");
  }

  private static void program(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("calls"));
  }

  /// What the shell saw of a run, both streams together.
  private record Run(int exitCode, String output) {}
}
