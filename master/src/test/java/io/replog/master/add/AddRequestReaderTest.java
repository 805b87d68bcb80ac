package io.replog.master.add;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.master.members.Members;
import io.replog.model.EntryKind;
import io.replog.model.WriteConcern;
import io.replog.node.json.StrictJson;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.ClientRole;
import io.replog.node.security.Identity;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddRequestReaderTest {

  private static AddRequestReader reader(String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FOLLOWERS", "follower-1=http://a:1,follower-2=http://b:2");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    NodeSettings settings = SettingsReader.read(Role.MASTER, environment);
    return new AddRequestReader(settings, new Members(settings));
  }

  private static AddRequest read(String body, String... variables) {
    return reader(variables).read(StrictJson.mapper(1 << 20).readTree(body), null);
  }

  private static AddRequest readWithKey(@Nullable String key) {
    return reader().read(StrictJson.mapper(1 << 20).readTree("{\"data\":\"m\"}"), key);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "'\"majority\"',2", "'\"all\"',3"})
  void readsEveryConcern(String written, int nodes) {
    AddRequest request = read("{\"data\":\"m\",\"write_concern\":" + written + "}");

    assertThat(request.requiredNodes()).isEqualTo(nodes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "-1",
        "1.0",
        "1e0",
        "2.5",
        "\"2\"",
        "\"ALL\"",
        "\"\"",
        "true",
        "[]",
        "{}",
        "-99999999999999999999"
      })
  void refusesWhatIsNoConcernAndSaysWhatIs(String written) {
    assertThatThrownBy(() -> read("{\"data\":\"m\",\"write_concern\":" + written + "}"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("write_concern must be an integer from 1 to 3, \"majority\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "2147483648", "99999999999999999999"})
  void namesTheMaximumToWhoAsksForMore(String written) {
    assertThatThrownBy(() -> read("{\"data\":\"m\",\"write_concern\":" + written + "}"))
        .hasMessage(
            "write_concern is %s, but the maximum is 3: the master and 2 followers", written);
  }

  @Test
  void takesDefaultsWhereNothingIsAsked() {
    AddRequest request =
        read("{\"data\":\"m\"}", "WRITE_CONCERN_DEFAULT", "majority", "WRITE_TIMEOUT", "5s");

    assertThat(request)
        .isEqualTo(
            new AddRequest(
                EntryKind.MESSAGE,
                "m",
                null,
                new WriteConcern.Majority(),
                2,
                TimeUnit.SECONDS.toNanos(5)));
  }

  @Test
  void waitsWithoutEndWhereNothingIsSet() {
    assertThat(read("{\"data\":\"m\"}").timeoutNanos()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "0", "-1", "86400001", "1.5", "\"5\"", "99999999999999999999"})
  void refusesTimesOutOfRange(String written) {
    assertThatThrownBy(() -> read("{\"data\":\"m\",\"timeout_ms\":" + written + "}"))
        .hasMessage("timeout_ms must be an integer from 1 to 86400000, not " + written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "86400000"})
  void takesTimesInRange(String written) {
    AddRequest request = read("{\"data\":\"m\",\"timeout_ms\":" + written + "}");

    assertThat(request.timeoutNanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(written)));
  }

  @Test
  void saysThatDataIsMissing() {
    assertThatThrownBy(() -> read("{}")).hasMessage("data is missing: it must be a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "true", "[\"m\"]", "{}"})
  void refusesDataOfOtherTypes(String written) {
    assertThatThrownBy(() -> read("{\"data\":" + written + "}"))
        .hasMessageStartingWith("data must be a string, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"m\"", "5", "null"})
  void refusesBodiesThatAreNoObjects(String body) {
    assertThatThrownBy(() -> read(body)).hasMessageStartingWith("the body must be a JSON object");
  }

  @Test
  void keepsAnyUnicodeAsItIs() {
    for (String text : List.of("", "\u0000", "a\nb", "ß", "漢", "😀")) {
      String body = StrictJson.mapper(100).writeValueAsString(Map.of("data", text));

      assertThat(read(body).text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud83d"})
  void refusesHalvesOfPairs(String escaped) {
    assertThatThrownBy(() -> read("{\"data\":\"" + escaped + "\"}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("half a surrogate pair");
  }

  @Test
  void countsBytesNotCharacters() {
    assertThat(read("{\"data\":\"漢字\"}", "MAX_MESSAGE_SIZE", "6").text()).isEqualTo("漢字");
    assertThatThrownBy(() -> read("{\"data\":\"漢字a\"}", "MAX_MESSAGE_SIZE", "6"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.TOO_LARGE))
        .hasMessage("data has 7 bytes in UTF-8, at most 6 are allowed (MAX_MESSAGE_SIZE)");
  }

  @Test
  void takesKeysOfVisibleCharacters() {
    assertThat(readWithKey("!~azAZ09").key()).isEqualTo("!~azAZ09");
    assertThat(readWithKey("k".repeat(128)).key()).hasSize(128);
    assertThat(readWithKey(null).key()).isNull();
  }

  @Test
  void refusesOtherKeys() {
    for (String key : List.of("", " ", "a b", "ä", "\u007f", "k".repeat(129))) {
      assertThatThrownBy(() -> readWithKey(key))
          .hasMessage("Idempotency-Key must have 1 to 128 visible ASCII characters");
    }
  }

  @Test
  void ignoresUnknownFields() {
    assertThat(read("{\"data\":\"m\",\"writeConcern\":3,\"x\":{\"y\":[1]}}").requiredNodes())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"'',60000", "10s,10000", "5m,60000"})
  void waitsNoLongerThanMaximumWhereTheRequestNamesNone(String timeout, long millis) {
    AddRequest request = read("{\"data\":\"m\"}", "MAX_TIMEOUT", "60s", "WRITE_TIMEOUT", timeout);

    assertThat(request.timeoutNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void refusesTimeoutAboveMaximum() {
    assertThat(read("{\"data\":\"m\",\"timeout_ms\":60000}", "MAX_TIMEOUT", "60s").timeoutNanos())
        .isEqualTo(TimeUnit.SECONDS.toNanos(60));
    assertThatThrownBy(() -> read("{\"data\":\"m\",\"timeout_ms\":60001}", "MAX_TIMEOUT", "60s"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("from 1 to 60000");
  }

  @Test
  void keepsKeysOfClientsApart() {
    AddRequest request = readWithKey("k1");

    assertThat(request.from(new Identity.Anonymous()).key()).isEqualTo("k1");
    assertThat(request.from(new Identity.Client("a", ClientRole.WRITER)).key()).isEqualTo("a k1");
    assertThat(readWithKey(null).from(new Identity.Client("a", ClientRole.WRITER)).key()).isNull();
  }
}
