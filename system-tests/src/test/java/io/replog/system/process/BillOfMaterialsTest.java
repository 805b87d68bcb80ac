package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.replog.system.kit.Json;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Repository;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The jar of each node, and of the connectors, says what it is made of, to scanners and not to
/// strangers.
@ExtendWith(SharedCluster.class)
class BillOfMaterialsTest {

  private static final String PLACE = "META-INF/sbom/application.cdx.json";

  @ParameterizedTest
  @ValueSource(strings = {"master", "follower", "connectors"})
  void listsEveryLibraryOfJarByItsHash(String node) throws Exception {
    try (JarFile jar = jar(node)) {
      JsonNode bill = bill(jar);

      List<String> listed = bill.path("components").findValuesAsString("content");
      List<String> missing = new ArrayList<>();
      for (JarEntry library : libraries(jar)) {
        if (!listed.contains(sha256(jar, library))) {
          missing.add(library.getName());
        }
      }
      assertThat(libraries(jar)).hasSizeGreaterThan(40);
      assertThat(missing).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"master", "follower", "connectors"})
  void isTheSameForEveryBuildOfOneCommit(String node) throws IOException {
    try (JarFile jar = jar(node)) {
      JsonNode bill = bill(jar);

      assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
      assertThat(bill.has("serialNumber")).isFalse();
      assertThat(bill.path("metadata").has("timestamp")).isFalse();
    }
  }

  @Test
  void isShownToNobodyOverHttp(TestCluster cluster) {
    Problems.requireProblem(cluster.master().get("/actuator/sbom"), 404);
    Problems.requireProblem(cluster.master().get("/actuator/sbom/application"), 404);
    Problems.requireProblem(cluster.follower1().get("/actuator/sbom"), 404);
  }

  private static JarFile jar(String node) throws IOException {
    return new JarFile(Repository.root().resolve(node + "/target/" + node + ".jar").toFile());
  }

  /// Maven leaves it out when it works offline.
  private static JsonNode bill(JarFile jar) throws IOException {
    JarEntry entry = jar.getJarEntry(PLACE);
    assumeTrue(
        entry != null || System.getenv("CI") != null,
        "the jar was built offline (mvn -o), without a bill of materials");
    assertThat(entry).as(PLACE).isNotNull();
    try (InputStream content = jar.getInputStream(entry)) {
      return Json.parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Without the unpacker, which Spring Boot itself adds once the bill is made.
  private static List<JarEntry> libraries(JarFile jar) {
    try (Stream<JarEntry> entries = jar.stream()) {
      return entries
          .filter(entry -> entry.getName().matches("BOOT-INF/lib/.+\\.jar"))
          .filter(entry -> !entry.getName().contains("/spring-boot-jarmode-tools-"))
          .toList();
    }
  }

  private static String sha256(JarFile jar, JarEntry entry)
      throws IOException, NoSuchAlgorithmException {
    try (InputStream content = jar.getInputStream(entry)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
      return HexFormat.of().formatHex(hash);
    }
  }
}
